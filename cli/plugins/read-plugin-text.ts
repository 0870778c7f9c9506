import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { fetchPlugin, largestPluginFile } from "./fetch-plugin.ts";

/** Where sources are looked for, and what may be read beside them. */
export type ReadingContext = Pick<CommandContext, "cwd" | "environment" | "signal" | "openInput">;

/** The text of a file, of an http(s) address, or for `-` of the standard input; or why it can't be had, as a phrase after its name. */
export async function readPluginText(source: string, context: ReadingContext): Promise<{ readonly text: string } | { readonly refusal: string }> {
  try {
    if (isUrl(source)) return { text: await fetchPlugin(source, context) };
    return { text: source === "-" && context.openInput !== undefined ? await readInput(context.openInput()) : await readText(resolve(context.cwd, source)) };
  } catch (error) {
    if (isKnownError(error)) return { refusal: error.message };
    if (error instanceof Error && "code" in error && "syscall" in error)
      return { refusal: `can't be read: ${reasons[String(error.code)] ?? String(error.code)}` };
    throw error;
  }
}

export const isUrl = (source: string): boolean => /^https?:\/\//.test(source) && URL.canParse(source);

const reasons: Record<string, string | undefined> = { EACCES: "you may not read it", EISDIR: "it is a folder", ENOENT: "there is no such file" };

async function readInput(input: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestPluginFile) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > largestPluginFile) throw tooLarge();
  return readFile(path, "utf8");
}

const tooLarge = (): KnownError => new KnownError("invalid-plugin", "is larger than 1 MiB");
