import { isJsonObject, type JsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { areMet, type LabelRequirement } from "../../core/kubernetes/label-selector.ts";

/** Which objects of a list are wanted; no names: all of them. */
export type ObjectChoice = {
  readonly names: readonly string[];
  readonly requirements: readonly LabelRequirement[];
  /** Whether integers that JavaScript has no place for are to stand as bigints, which takes several times as long. */
  readonly isExact: boolean;
};

/** An object of a list, with the apiVersion and kind that it may lack there; undefined for what is none, or not chosen. */
export function parseListedObject(
  text: Buffer,
  { group, version, kind }: SnapshotKind,
  { names, requirements, isExact }: ObjectChoice,
): KubernetesObject | undefined {
  const value = parseJson(text, isExact);
  if (!isJsonObject(value) || !isJsonObject(value["metadata"])) return undefined;
  const { name, labels } = value["metadata"];
  if (typeof name !== "string" || (names.length > 0 && !names.includes(name)) || !areMet(requirements, labels ?? {})) return undefined;
  const apiVersion = group === "" ? version : `${group}/${version}`;
  return { apiVersion, kind, ...value } as JsonObject as KubernetesObject;
}

/** Undefined too where it is nested so deeply that it was made to be. */
function parseJson(text: Buffer, isExact: boolean): unknown {
  try {
    return JSON.parse(text.toString("utf8"), isExact ? (keepInteger as (key: string, value: unknown) => unknown) : undefined);
  } catch {
    return undefined;
  }
}

function keepInteger(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? "") ? BigInt(source ?? 0) : value;
}
