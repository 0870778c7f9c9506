import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { keyOf } from "../../objects/object-key.ts";
import { definedFields } from "../../objects/object-fields.ts";
import type { Cluster } from "./controller.ts";

/** Stores an object's new status if it differs from the one it has; undefined fields are left out. */
export function writeStatus({ api }: Cluster, object: KubernetesObject, status: JsonObject): void {
  const next = definedFields(status);
  if (!isDeepStrictEqual(next, object["status"] ?? {})) api.modify(keyOf(api, object), (old) => ({ ...old, status: next }), { subresource: "status" });
}

/** A count as the API shows it: it leaves out those that are 0. */
export const unlessZero = (count: number): number | undefined => (count === 0 ? undefined : count);
