import type { RedactionAnswer } from "../core/contract/worker-wire.ts";

/** What is to be sent: a file below the results folder under a name, the files of a .tar.gz there, or a folder's files but those that are left out. */
export type Sent =
  | { readonly kind: "file" | "archive"; readonly resultsDir: string; readonly path: string; readonly name: string }
  | { readonly kind: "folder"; readonly folder: string; readonly exclude: readonly string[] };

/** What the process that packs and hides gets on its standard input, as JSON. */
export type RedactJob = {
  readonly sent: Sent;
  /** Where it is to lie in the tarball. */
  readonly folder: string;
  readonly redaction: RedactionAnswer;
  /** After that process ended as no process should: with as little in memory as can be. */
  readonly isCareful: boolean;
};

/** The exit code for an archive that can't be read; the aggregator judges it as it is. */
export const noArchiveCode = 3;

/** The job that the worker wrote. */
export const parseRedactJob = (text: string): RedactJob => JSON.parse(text) as RedactJob;
