import { open, rename, rm } from "node:fs/promises";
import { cannotWrite } from "../cannot-write.ts";

/** Writes a whole file or none: beside it as `<path>.partial`, synced, then renamed into place; KnownError "invalid-file" when it can't. */
export async function writeReportFile(path: string, content: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await rm(partial, { force: true });
    const file = await open(partial, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw cannotWrite(path, error, "Give -o a file in a folder that exists and that you may write to.");
  }
}
