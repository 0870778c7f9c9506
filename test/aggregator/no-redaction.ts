import type { RunRedaction } from "../../aggregator/redaction/run-redaction.ts";
import { collectTallies } from "../../core/redaction/collect-tallies.ts";

/** Of a run in which nothing is hidden. */
export const noRedaction: RunRedaction = { options: false, redactor: undefined, tallies: collectTallies(), material: { key: undefined, knownNames: [] } };
