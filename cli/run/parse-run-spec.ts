import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { wireVersion } from "../../core/contract/names.ts";
import { runSpecSchema, type RunSpec } from "../../core/contract/run-spec.ts";

/** A run's specification; or, where this CLI can't use it, the versions that it names as far as it does, and what is wrong with it. */
export type ParsedRunSpec = { readonly spec: RunSpec } | UnknownRunSpec;
export type UnknownRunSpec = {
  readonly toolVersion: string | undefined;
  readonly wireVersion: string | undefined;
  /** Whether it is of another major version of the wire, so that its parts can't be judged. */
  readonly isForeign: boolean;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
};

/** The specification in a ConfigMap asdic-run. */
export function parseRunSpec({ data }: KubernetesObject): ParsedRunSpec {
  const value = parseJson(isJsonObject(data) ? data["spec.json"] : undefined);
  const read = (key: string): string | undefined => (isJsonObject(value) && typeof value[key] === "string" ? value[key] : undefined);
  const theirs = read("wireVersion");
  const isForeign = theirs !== undefined && majorOf(theirs) !== majorOf(wireVersion);
  const spec = runSpecSchema.safeParse(value);
  if (spec.success && !isForeign) return { spec: spec.data };
  const problems =
    value === undefined
      ? [{ path: "", message: "must be the run's specification as JSON" }]
      : (spec.error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
  return { toolVersion: read("toolVersion"), wireVersion: theirs, isForeign, problems };
}

const majorOf = (version: string): string => version.split(".")[0] ?? "";

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
