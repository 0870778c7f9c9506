import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Patch } from "../registry/api.ts";
import type { ResourceType } from "../resource-type.ts";
import type { Schema } from "../schema/schema.ts";
import { customNode } from "../schema/schema-node.ts";
import { badRequest, StatusError } from "../status-error.ts";
import { applyJsonPatch } from "./json-patch.ts";
import { applyMergePatch } from "./merge-patch.ts";
import { renderGo } from "./render-go.ts";
import { applyServerSide } from "./server-side-apply.ts";
import { applyStrategicMergePatch } from "./strategic-merge-patch.ts";
import { sortedEntries } from "../../objects/order.ts";
import { invalidValue } from "../causes.ts";

export type PatchInput = {
  readonly type: ResourceType;
  /** Missing only where an apply creates the object. */
  readonly current: KubernetesObject | undefined;
  readonly patch: Patch;
  readonly schema: Schema;
  readonly fieldManager: string;
  readonly now: Date;
  readonly subresource?: string;
};

/** An object with a patch applied, without defaults and checks; an apply writes `managedFields` too. Throws StatusError as the API server refuses the patch. */
export function applyPatch(input: PatchInput): KubernetesObject {
  const { type, current, patch, schema } = input;
  if (patch.kind === "apply") return applyServerSide(input, patch.body, patch.force);
  if (current === undefined) throw badRequest("a patch needs an object");
  switch (patch.kind) {
    case "strategic":
      return parsePatched(input, applyStrategicMergePatch(current, patch.body, schema.nodeOf(type) ?? customNode));
    case "merge":
      return parsePatched(input, applyMergePatch(current, patch.body));
    default:
      return parsePatched(input, applyJsonPatch(current, patch.body));
  }
}

/** What does not fit the type any more is refused here in the words that a patch gets; unknown fields are left to who stores the object. */
function parsePatched({ type, patch, schema }: PatchInput, patched: JsonObject): KubernetesObject {
  const object = { ...patched, metadata: patched["metadata"] as KubernetesObject["metadata"] };
  try {
    schema.decode(type, object);
    return object;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const why = error.message.replace(/^.*? cannot be handled as an? \w+: /, "");
    throw patch.kind === "strategic" ? refusePatch(renderGo(patch.body), asConversion(why)) : refusePatch(renderSorted(patched), why);
  }
}

/** A strategic merge patch is converted without JSON, which complains in other words. */
function asConversion(why: string): string {
  const { kind = "", type = "" } = /^json: cannot unmarshal (?<kind>\w+).* of type (?<type>\S+)$/.exec(why)?.groups ?? {};
  const found = { object: "map", array: "slice", number: "int64" }[kind] ?? kind;
  if (type.startsWith("[]")) return `cannot restore slice from ${found}`;
  if (type.startsWith("map[")) return `cannot restore map from ${found}`;
  return type.startsWith("v") ? `cannot restore struct from: ${found}` : why;
}

/** An object as Go writes it into its messages. */
export const renderSorted = (object: JsonObject): string => JSON.stringify(Object.fromEntries(sortedEntries(object)));

/** A patch whose outcome is no object of its type. */
export function refusePatch(value: string, why: string): StatusError {
  const causes = invalidValue("patch", value, why);
  return new StatusError({ code: 422, reason: "Invalid", message: ` "" is invalid: patch: ${causes[0]?.message ?? ""}`, details: { causes } });
}
