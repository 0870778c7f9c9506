import type { Leak } from "../core/redaction/verify-archive.ts";
import type { Journal } from "./ingest/journal.ts";
import { acceptUpload } from "./ingest/receive-result.ts";
import type { TarballStatus } from "../core/contract/run-status.ts";
import type { ExpectedResults } from "./state/expected-results.ts";

/** Brings back what an earlier life of this aggregator had accepted or given up, and says when the run began and whether its tarball is made. */
export function replayJournal(journal: Journal, results: ExpectedResults): Past {
  let startedAt: Date | undefined;
  let sealed: Past["sealed"];
  for (const line of journal.past) {
    if (line.type === "start") startedAt ??= new Date(line.at);
    else if (line.type === "sealed") sealed = { tarball: line.tarball, finishedAt: new Date(line.at), ...(line.leaks && { leaks: line.leaks }) };
    else if (line.type === "again") results.update(results.expect(line.plugin, line.node), { tries: 2 });
    else if (line.type === "result") acceptUpload(results, results.expect(line.plugin, line.node), line);
    else {
      const result = results.expect(line.plugin, line.node);
      if (!result.upload) results.update(result, { state: line.state, problem: line.problem });
    }
  }
  return { startedAt, sealed };
}

export type Past = {
  readonly startedAt: Date | undefined;
  readonly sealed: { readonly tarball: TarballStatus; readonly finishedAt: Date; readonly leaks?: readonly Leak[] } | undefined;
};
