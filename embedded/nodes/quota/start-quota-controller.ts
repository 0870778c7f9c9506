import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { renderQuantity } from "../../../core/kubernetes/quantity.ts";
import { sumQuotaUsage } from "../../api/admission/quota-usage.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import { typeOf } from "../../objects/object-key.ts";
import { createWorkQueue } from "../work-queue.ts";
import { objectAt } from "../../objects/object-fields.ts";

/** Keeps in each ResourceQuota's status what is used of it, for people to see (admission counts by itself), until `signal` aborts. */
export function startQuotaController({ api, clock, signal }: { readonly api: Api; readonly clock: Clock; readonly signal: AbortSignal }): void {
  const type = typeOf(api, "v1", "ResourceQuota");
  const queue = createWorkQueue({ clock, signal, work: (namespace) => api.list(type, { namespace }).forEach((quota) => writeUsage(api, quota)) });
  for (const quota of api.list(type)) queue.add(quota.metadata.namespace ?? "");
  api.store.listen(({ key: { namespace } }) => {
    if (namespace !== "" && api.store.list(type, namespace).length > 0) queue.add(namespace);
  }, signal);
}

function writeUsage(api: Api, quota: KubernetesObject): void {
  const hard = objectAt(field(quota, "spec", "hard"));
  const used = Object.fromEntries([...sumQuotaUsage(quota, api)].map(([name, amount]) => [name, renderQuantity(amount)]));
  if (isDeepStrictEqual(quota["status"], { hard, used })) return;
  const { name, namespace = "" } = quota.metadata;
  api.modify({ type: typeOf(api, "v1", "ResourceQuota"), namespace, name }, (old) => ({ ...old, status: { hard, used } }), { subresource: "status" });
}
