import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkOutput } from "../retrieve/check-output.ts";

export type PathRequest = { readonly file: string | undefined; readonly cwd: string; readonly startedAt: Date };

/** Where a snapshot is written: to the file that was named, or under a name of its moment (UTC) into the folder that was, or here; KnownError "invalid-file" where it can't. */
export async function choosePath({ file, cwd, startedAt }: PathRequest): Promise<string> {
  await checkOutput(file ?? ".", cwd);
  const path = resolve(cwd, file ?? ".");
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, `${startedAt.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}_asdic_snapshot.tar.gz`) : path;
}
