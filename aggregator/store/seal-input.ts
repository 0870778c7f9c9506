import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import type { Leak } from "../../core/redaction/verify-archive.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { Log } from "../log.ts";
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
  /** Undefined where it could not be read. */
  readonly clusterUid?: string | undefined;
  readonly namespaceUid?: string | undefined;
  /** The status as it will be once the tarball is announced, without the tarball itself; it says what was still found when that was searched again. */
  readonly statusWith: (leaks: readonly Leak[]) => RunStatus;
  /** With what was hidden so far; sealing adds what workers hid. */
  readonly redaction: RunRedaction;
  /** Gets the folders, in the tarball, of results that came with a report of what was hidden in them. */
  readonly searched?: Set<string>;
  readonly log: Log;
  readonly signal: AbortSignal;
};
