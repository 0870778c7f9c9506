import type { FileTally } from "./redaction-report.ts";

/** What was found in a run's files so far; files in which nothing was take no room. */
export type Tallies = { readonly add: (file: FileTally) => void; readonly all: () => readonly FileTally[] };

/** A collection that is empty yet. */
export function collectTallies(): Tallies {
  const files: FileTally[] = [];
  return {
    add: (file) => {
      if (file.tally.counts.size > 0 || file.tally.dropped.length > 0) files.push(file);
    },
    all: () => files,
  };
}
