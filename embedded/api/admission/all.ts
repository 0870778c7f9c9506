import type { Admission } from "../registry/api.ts";
import { namespaceLifecycle } from "./namespace-lifecycle.ts";
import { podSecurity } from "./pod-security.ts";
import { priority } from "./priority.ts";
import { defaultStorageClass, runtimeClass } from "./referenced-classes.ts";
import { resourceQuota } from "./resource-quota.ts";
import { rightsEscalation } from "./rights-escalation.ts";
import { serviceAccount } from "./service-account.ts";
import { defaultTolerationSeconds, taintNodesByCondition } from "./taints-and-tolerations.ts";
import { webhooks } from "./webhooks.ts";

/** Everything that stands in front of a write, in the API server's order: first what changes the object, then what only judges it. */
export const admissions: readonly Admission[] = [
  namespaceLifecycle,
  serviceAccount,
  taintNodesByCondition,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  runtimeClass,
  rightsEscalation,
  podSecurity,
  webhooks,
  resourceQuota,
];
