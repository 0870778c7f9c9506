import type { Json } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { redactObject } from "../../../core/redaction/objects/redact-object.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { createTally } from "../../../core/redaction/tally.ts";

/** Objects to be looked at, and in how many places something was hidden in them. */
export type Hidden = { readonly objects: readonly Json[]; readonly places: number };

/** Objects without the secrets that plugins' settings and files may hold. */
export function hideInObjects(objects: readonly KubernetesObject[]): Hidden {
  const redactor = createRedactor();
  const tally = createTally();
  const hidden = objects.map((object) => redactObject(redactor, object, { tally, depth: 0 }));
  return { objects: hidden, places: [...tally.counts.values()].reduce((sum, times) => sum + times, 0) };
}
