import { graceOf } from "./check-row.ts";
import { containers } from "./containers.ts";
import { slow } from "./healthy.ts";
import { images } from "./images.ts";
import { nodes } from "./nodes.ts";
import { pods, tight } from "./pods.ts";
import { refusals, refusingObjects } from "./refusals.ts";
import { results } from "./results.ts";
import type { Row, Scene } from "./row.ts";

/** Seconds; causes that are borne for longer would keep `npm test` waiting. */
const longestQuick = 40;

const isQuick = (row: Row): boolean => graceOf(row) <= longestQuick;
const mixed: readonly Row[] = [...images, ...containers, ...results, ...pods];

const runTimedOut: Row = {
  code: "run-timed-out",
  state: "timed-out",
  plugin: { script: "echo half > $RESULTS_DIR/half.txt; sleep 3600" },
  grace: 0,
  before: 25,
  sentence: /^The plugin had not finished when the run's time of 20 s was up.*; what it had written is here/,
  evidence: /./,
  collected: { "half.txt": "half\n" },
};

/** Causes that the embedded cluster can be brought to within a minute, each in one run with others that don't disturb it. */
export const quickScenes: readonly Scene[] = [
  { name: "pods", nodes: "calm", flags: ["--max-result-size", "2Mi"], rows: mixed.filter(isQuick) },
  { name: "tight", nodes: "tight", rows: tight },
  { name: "refusals", nodes: "calm", objects: refusingObjects, rows: refusals },
  { name: "time-out", nodes: "calm", flags: ["--timeout", "20s"], rows: [runTimedOut] },
];

/** Causes that need longer. */
export const patientScenes: readonly Scene[] = [
  { name: "patience", nodes: "calm", rows: mixed.filter((row) => !isQuick(row)) },
  { name: "nodes", nodes: "broken", rows: nodes, also: [slow] },
];

/** Causes that are in no run's tarball here, and who else sees to them. */
export const elsewhere: { readonly [code: string]: string } = {
  "namespace-deleted": "the aggregator goes with its namespace, and its rights before it; namespace-deleted.test.ts sees that whoever waits is told",
  "worker-unreachable": "a pod network that is cut and exec that is refused cost everybody's result; test/e2e/embedded/refused-exec.test.ts",
};
