import type { OtherWay } from "./list-other-ways.ts";

/** Version of RunReport and of the JSON report; it rises when a key changes its meaning or goes, not when one is added. */
export const reportSchemaVersion = 1;

/** A run as plain data, made from its tarball alone; every format is a projection of it. All strings are hostile as they are. */
export type RunReport = {
  readonly schemaVersion: typeof reportSchemaVersion;
  /** Base name of the file. */
  readonly tarball: string;
  readonly outcome: Outcome;
  readonly run: RunFacts;
  /** Of all plugins. */
  readonly counts: Counts;
  readonly plugins: readonly PluginReport[];
};

/** passed: all came, nothing failed. failed: all came, something failed. incomplete: something that was expected is not there. */
export type Outcome = "passed" | "failed" | "incomplete";

/** What is known of a run; times are ISO 8601, as they stand in the tarball. */
export type RunFacts = {
  readonly tool: { readonly name: "asdic" | "sonobuoy"; readonly version?: string };
  readonly id?: string;
  readonly namespace?: string;
  readonly serverVersion?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly durationSeconds?: number;
  /** What was not as it should be and cost no result; `hint` may be empty. */
  readonly notes?: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
  /** Results that came otherwise than over the aggregator's Service. */
  readonly otherWays?: readonly OtherWay[];
  readonly nodes?: HealthNumbers;
  readonly pods?: HealthNumbers;
};
export type HealthNumbers = { readonly healthy: number; readonly total: number };

/** Leaves of a result tree; failed includes timeout; `other` has unknown and the plugins' own statuses, sorted. */
export type Counts = {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly other: { readonly [status: string]: number };
};

export type PluginReport = {
  readonly name: string;
  /** As in the result tree; "unknown" when the tarball has none. */
  readonly status: string;
  readonly driver?: "Job" | "DaemonSet";
  readonly counts: Counts;
  /** Sum of its tests' durations, where they are known; not how long it ran. */
  readonly testSeconds?: number;
  /** What should have come and did not, or came broken. */
  readonly problems: readonly ReportProblem[];
  /** What was rightly not run or can't be judged: neither a pass nor a failure. */
  readonly notEvaluated: readonly ReportProblem[];
  readonly failed: readonly FailedItem[];
  readonly suites: readonly Suite[];
};

export type ReportProblem = {
  readonly node: string;
  /** An end state of the run's expected results; "unknown" where the tarball doesn't say. */
  readonly state: "failed" | "lost" | "timed-out" | "skipped" | "unknown";
  readonly code?: string;
  readonly message: string;
  readonly hint?: string;
  /** The facts behind it as they stood: conditions, containers, events. */
  readonly evidence?: readonly EvidencePart[];
};

/** One kind of fact; a line may hold line ends where it is the end of a log. */
export type EvidencePart = { readonly label: string; readonly lines: readonly string[] };

/** Cases that lie side by side in a tree; `path` is what leads there: node, file, suite, as far as there are any. */
export type Suite = {
  readonly path: readonly string[];
  readonly node?: string;
  readonly counts: Counts;
  readonly seconds?: number;
  readonly cases: readonly ReportCase[];
};

/** A leaf: a test, a file, or a run error. Texts are cut to a bound that they themselves state. */
export type ReportCase = {
  readonly name: string;
  readonly kind: "test" | "run-error";
  readonly status: string;
  readonly seconds?: number;
  readonly className?: string;
  /** Why it was skipped. */
  readonly reason?: string;
  readonly failure?: string;
  /** What it printed; of a pass only a little. */
  readonly output?: string;
  /** What else its details hold: what a plugin found out, as node-facts does. */
  readonly facts?: readonly Fact[];
  /** There only where the tarball has more facts than these. */
  readonly moreFacts?: true;
};

/** A value and the keys that lead to it. */
export type Fact = { readonly path: readonly string[]; readonly value: string | number | boolean | null };

/** A case that failed or timed out, and where it is; `file` is its path in the tarball. */
export type FailedItem = ReportCase & { readonly path: readonly string[]; readonly node?: string; readonly file?: string };
