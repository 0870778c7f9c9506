import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { none } from "../../causes.ts";
import { clusterChecks } from "./cluster-objects.ts";
import { configChecks } from "./config-objects.ts";
import { webhookChecks } from "./webhooks.ts";
import { jobChecks } from "./jobs.ts";
import { serviceChecks } from "./services.ts";
import { validatePod, validatePodUpdate } from "./pods.ts";
import { rightsChecks } from "./rights.ts";
import { workloadChecks } from "./workloads.ts";

export type Validated = { readonly type: ResourceType; readonly object: KubernetesObject; readonly old: KubernetesObject | undefined };

/** What is wrong with an object, in the API server's words and order. Metadata is the registry's; an update that leaves all else as it was is well. */
export function validateObject({ type, object, old }: Validated): Causes {
  const check = checks.get(`${type.group}/${type.kind}`);
  if (check === undefined || (old !== undefined && isUnchanged(object, old))) return none;
  return [...check.create(object, old), ...(old === undefined ? none : (check.update?.(object, old) ?? none))];
}

const checks = new Map<string, Check>(
  Object.entries({
    "/Pod": { create: validatePod, update: validatePodUpdate },
    ...workloadChecks,
    ...jobChecks,
    ...configChecks,
    ...serviceChecks,
    ...rightsChecks,
    ...clusterChecks,
    ...webhookChecks,
  }),
);

/** What was stored before was well then. */
const isUnchanged = (object: KubernetesObject, old: KubernetesObject): boolean =>
  Object.keys({ ...object, ...old }).every((name) => name === "metadata" || name === "status" || isDeepStrictEqual(field(object, name), field(old, name)));
