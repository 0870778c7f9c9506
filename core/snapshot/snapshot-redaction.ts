import type { FileTally } from "../redaction/redaction-report.ts";
import type { Redactor } from "../redaction/redactor.ts";

/** How everything of a snapshot loses its secrets before it is written; `onFile` is told what was found in each file, also where that is nothing. */
export type SnapshotRedaction = { readonly redactor: Redactor; readonly onFile: (file: FileTally) => void };
