import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { objectNames, wireVersion } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { parseRunSpec } from "../run/parse-run-spec.ts";

/** A run's specification and when its ConfigMap was made, by the clock of the API server (ISO 8601). */
export type MadeRun = RunSpec & { readonly createdAt: string };

/** What the run in a namespace was made to do; KnownError "no-run" when there is none, "wire-version" when this CLI can't talk with it. */
export async function readRunSpec(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<MadeRun> {
  const found = await cluster.find({ apiVersion: "v1", kind: "ConfigMap", namespace, name: objectNames.runConfigMap }, signal);
  if (found === undefined) throw noRun(namespace);
  const parsed = parseRunSpec(found);
  if ("spec" in parsed) return { ...parsed.spec, createdAt: found.metadata.creationTimestamp ?? new Date(0).toISOString() };
  const { toolVersion = "another version", wireVersion: theirs = "unknown" } = parsed;
  throw new KnownError(
    "wire-version",
    `The run in namespace ${namespace} was made by asdic ${toolVersion} (wire version ${theirs}), with which this one (${wireVersion}) can't talk.`,
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
