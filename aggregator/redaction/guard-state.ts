import type { Journal } from "../ingest/journal.ts";
import type { Change } from "../state/expected-results.ts";
import type { Guard } from "./guard.ts";

/** What is to change in a result, without secrets: from there status, annotations, journal and tarball have it. */
export const guardChange =
  ({ text, problem }: Guard) =>
  (change: Change): Change => ({
    ...change,
    ...(change.problem && { problem: problem(change.problem) }),
    ...(change.cutShort && { cutShort: problem(change.cutShort) }),
    ...(change.unreached !== undefined && { unreached: text(change.unreached) }),
  });

/** A journal that keeps problems without secrets, because it stays on the disk. */
export const guardJournal = (journal: Journal, { problem }: Guard): Journal => ({
  past: journal.past,
  append: (line) => journal.append("problem" in line && line.problem ? { ...line, problem: problem(line.problem) } : line),
});
