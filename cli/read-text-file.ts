import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { KnownError } from "../core/contract/known-error.ts";
import { readFailure } from "./read-failure.ts";

export type TextFile = {
  /** As typed. */
  readonly path: string;
  readonly cwd: string;
  /** What the error begins with, e.g. the flag and the path. */
  readonly where: string;
  readonly mostBytes: number;
  /** What to name instead. */
  readonly hint: string;
};

/** The text of a file that was named; KnownError "invalid-file" where it can't be read or is larger than it may be. */
export async function readTextFile({ path, cwd, where, mostBytes, hint }: TextFile): Promise<string> {
  const refuse = (what: string, cause?: unknown): KnownError => new KnownError("invalid-file", `${where}: ${what}.`, { hint, cause });
  try {
    const { size } = await stat(resolve(cwd, path));
    if (size > mostBytes) throw refuse(`is larger than ${Math.floor(mostBytes / 1024)} KiB`);
    return await readFile(resolve(cwd, path), "utf8");
  } catch (error) {
    const why = readFailure(error);
    throw why === undefined ? error : refuse(why, error);
  }
}
