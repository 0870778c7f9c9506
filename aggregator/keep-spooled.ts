import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { JournalLine } from "./ingest/journal.ts";

/** What an earlier life left, as far as it can be gone on from; `missing` are the results whose bytes are not all in the spool, as where a disk has lied about a sync. */
export type Kept = { readonly past: readonly JournalLine[]; readonly missing: readonly Result[] };
type Result = Extract<JournalLine, { readonly type: "result" }>;

/** Leaves out results of which the spool in `folder` does not have all bytes, so that their workers are asked again. Once the tarball is sealed nothing is left out. */
export async function keepSpooled(past: readonly JournalLine[], folder: string): Promise<Kept> {
  if (past.some(({ type }) => type === "sealed")) return { past, missing: [] };
  const sizes = new Map<string, number>();
  for (const file of new Set(past.flatMap((line) => (line.type === "result" ? line.upload.file : []))))
    sizes.set(
      file,
      await stat(join(folder, file)).then(
        ({ size }) => size,
        () => -1,
      ),
    );
  const isWhole = ({ upload: { file, offset = 0, size } }: Result): boolean => (sizes.get(file) ?? -1) >= offset + size;
  return {
    past: past.filter((line) => line.type !== "result" || isWhole(line)),
    missing: past.filter((line) => line.type === "result").filter((line) => !isWhole(line)),
  };
}
