import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { objectNames, wireVersion } from "../../core/contract/names.ts";
import { runSpecSchema, type RunSpec } from "../../core/contract/run-spec.ts";

/** What the run in a namespace was made to do; KnownError "no-run" when there is none, "wire-version" when this CLI can't talk with it. */
export async function readRunSpec(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<RunSpec> {
  const found = await cluster.find({ apiVersion: "v1", kind: "ConfigMap", namespace, name: objectNames.runConfigMap }, signal);
  if (found === undefined) throw noRun(namespace);
  const text = isJsonObject(found["data"]) ? found["data"]["spec.json"] : undefined;
  const value = parseJson(text);
  const theirs = isJsonObject(value) ? value["wireVersion"] : undefined;
  const spec = runSpecSchema.safeParse(value);
  if (spec.success && majorOf(spec.data.wireVersion) === majorOf(wireVersion)) return spec.data;
  const version = isJsonObject(value) && typeof value["toolVersion"] === "string" ? value["toolVersion"] : "another version";
  throw new KnownError(
    "wire-version",
    `The run in namespace ${namespace} was made by asdic ${version} (wire version ${String(theirs ?? "unknown")}), with which this one (${wireVersion}) can't talk.`,
    {
      hint: "Use that version of asdic for it, or remove it with `asdic delete`.",
    },
  );
}

/** There is no run in the namespace. */
export const noRun = (namespace: string): KnownError =>
  new KnownError("no-run", `There is no run in namespace ${namespace}.`, {
    hint: `Start one with \`asdic run -n ${namespace}\`, or name the run's namespace with -n.`,
  });

const majorOf = (version: string): string => version.split(".")[0] ?? "";

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
