import type { Cluster } from "../../core/cluster/cluster.ts";
import type { RedactionOptions } from "../../core/contract/redaction-options.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { Tallies } from "../../core/redaction/collect-tallies.ts";
import { collectTallies } from "../../core/redaction/collect-tallies.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import type { TokenMaterial } from "../../core/redaction/run-redactor.ts";
import { createRunRedactor } from "../../core/redaction/run-redactor.ts";
import { readOrMakeTokenKey } from "./token-key.ts";

/** With what this aggregator hides secrets: `redactor` is undefined where nothing is to be hidden. `material` is for workers, which make the same tokens with it; it never goes into a file or a log. */
export type RunRedaction = {
  readonly options: RedactionOptions;
  readonly redactor: Redactor | undefined;
  readonly tallies: Tallies;
  readonly material: TokenMaterial;
};

/** What the run's options ask for, with its key and the nodes of this moment where names become tokens. */
export async function prepareRedaction(cluster: Cluster, spec: RunSpec, signal: AbortSignal): Promise<RunRedaction> {
  const key = await readOrMakeTokenKey(cluster, spec, signal);
  const material = { key, knownNames: key === undefined ? [] : await listNodeNames(cluster, signal) };
  return { options: spec.redaction, redactor: createRunRedactor(spec.redaction, material, { longestUnpacked }), tallies: collectTallies(), material };
}

/** Of archives inside of what comes; beside results memory is for the snapshot. */
const longestUnpacked = 10 * 1024 * 1024;

/** In the order of their letters, so that each life of the aggregator says the same. */
async function listNodeNames(cluster: Cluster, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Node", signal })) names.push(...page.map(({ metadata }) => metadata.name));
  return names.toSorted();
}
