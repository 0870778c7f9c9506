import type { Way } from "../../core/contract/run-status.ts";

/** A result's bytes as they lie in the spool: `file` is relative to the spool folder, `size` in bytes, `sha256` in hex. */
export type AcceptedUpload = {
  readonly file: string;
  /** The byte of the file at which they begin, where other uploads lie in it too. */
  readonly offset?: number | undefined;
  /**
   * packed: files, or one file of that name, as the worker packs them; archive: a .tar.gz whose entries are the result's files; file: one file of that
   * name.
   */
  readonly shape: "packed" | "archive" | "file";
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** False when the worker sent what there was, because no done file had been written. */
  readonly announced: boolean;
  /** Undefined where an earlier version has written the journal. */
  readonly way?: Way | undefined;
};
