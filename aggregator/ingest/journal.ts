import { readFile } from "node:fs/promises";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import type { Leak } from "../../core/redaction/verify-archive.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import type { ResultProblem } from "../state/expected-results.ts";
import { openSyncedFile } from "./synced-file.ts";

/** One line of journal.ndjson: what must outlive a crash of the aggregator. */
export type JournalLine =
  | { readonly type: "start"; readonly at: string }
  | {
      readonly type: "result";
      readonly at: string;
      readonly plugin: string;
      readonly node: string;
      readonly upload: AcceptedUpload;
      readonly problem?: ResultProblem | undefined;
      readonly timedOut: boolean;
    }
  | { readonly type: "again"; readonly at: string; readonly plugin: string; readonly node: string }
  | { readonly type: "sealed"; readonly at: string; readonly tarball: TarballStatus; readonly leaks?: readonly Leak[] }
  | {
      readonly type: "end";
      readonly at: string;
      readonly plugin: string;
      readonly node: string;
      readonly state: "skipped" | "failed" | "lost" | "timed-out";
      readonly problem: ResultProblem;
    };

export type Journal = {
  /** What was there when it was opened. */
  readonly past: readonly JournalLine[];
  /** Resolves when the line is synced to disk; lines of one moment share one sync. */
  append(line: JournalLine): Promise<void>;
};

/** The journal in `path`; a last line that was cut off by a crash is dropped, because it was never acknowledged. */
export async function openJournal(path: string): Promise<Journal> {
  const text = await readFile(path, "utf8").catch(() => "");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const file = await openSyncedFile(path, Buffer.byteLength(whole));
  return {
    past: whole
      .split("\n")
      .filter(Boolean)
      .map((line): JournalLine => JSON.parse(line)),
    append: async (line) => void (await file.append([Buffer.from(`${JSON.stringify(line)}\n`)])),
  };
}
