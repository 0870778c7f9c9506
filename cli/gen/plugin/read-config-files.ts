import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { KnownError } from "../../../core/contract/known-error.ts";
import { readFailure } from "../../read-failure.ts";

/** Texts by the names under which the container finds them; KnownError "invalid-file" for one that can't be read, is no text, or has another one's name. */
export async function readConfigFiles(files: readonly string[], cwd: string): Promise<{ readonly [file: string]: string }> {
  const contents = new Map<string, string>();
  for (const file of files) {
    const refuse = (what: string): KnownError =>
      new KnownError("invalid-file", `--configmap ${file}: ${what}.`, { hint: "Name text files, each of another name." });
    const bytes = await readFile(resolve(cwd, file)).catch((error: unknown) => {
      throw refuse(readFailure(error) ?? String(error));
    });
    if (bytes.includes(0)) throw refuse("is no text");
    if (contents.has(basename(file))) throw refuse(`a second file ${basename(file)} would take the place of the first`);
    contents.set(basename(file), bytes.toString("utf8"));
  }
  return Object.fromEntries(contents);
}
