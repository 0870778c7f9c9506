import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { ExpectedResults } from "../state/expected-results.ts";

/** Everything that a tarball is made of. */
export type SealInput = {
  /** Folder for the tarball. */
  readonly folder: string;
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly spoolFolder: string;
  /** Files that lie there as they are to be in the tarball: snapshot and logs. */
  readonly treeFolder: string;
  readonly logFile: string;
  readonly startedAt: Date;
  /** The status as it will be once the tarball is announced, without the tarball itself. */
  readonly status: RunStatus;
  /** With what was hidden so far; sealing adds what workers hid. */
  readonly redaction: RunRedaction;
};
