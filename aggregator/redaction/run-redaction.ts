import type { Cluster } from "../../core/cluster/cluster.ts";
import { listNodeNames } from "../../core/cluster/list-node-names.ts";
import type { RedactionOptions } from "../../core/contract/redaction-options.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { Tallies } from "../../core/redaction/collect-tallies.ts";
import { collectTallies } from "../../core/redaction/collect-tallies.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import type { TokenMaterial } from "../../core/redaction/run-redactor.ts";
import { createRunRedactor } from "../../core/redaction/run-redactor.ts";
import type { Guard } from "./guard.ts";
import { createGuard } from "./guard.ts";
import { readOrMakeTokenKey } from "./token-key.ts";

/** With what this aggregator hides secrets: `redactor` is undefined where nothing is to be hidden. `material` is for workers, which make the same tokens with it; it never goes into a file or a log. */
export type RunRedaction = {
  readonly options: RedactionOptions;
  readonly redactor: Redactor | undefined;
  readonly tallies: Tallies;
  readonly material: TokenMaterial;
  /** Of what is said of results, and of the run's log. */
  readonly guard: Guard;
  readonly logGuard: Guard;
};

/** What the run's options ask for, with its key and the nodes of this moment where names become tokens. */
export async function prepareRedaction(cluster: Cluster, spec: RunSpec, signal: AbortSignal): Promise<RunRedaction> {
  const key = await readOrMakeTokenKey(cluster, spec, signal);
  const material = { key, knownNames: key === undefined ? [] : await listNodeNames(cluster, signal) };
  const redactor = createRunRedactor(spec.redaction, material, { longestUnpacked });
  return { options: spec.redaction, redactor, tallies: collectTallies(), material, guard: createGuard(redactor), logGuard: createGuard(redactor) };
}

/** Of archives inside of what comes; beside results memory is for the snapshot. */
const longestUnpacked = 10 * 1024 * 1024;
