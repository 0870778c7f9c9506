import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isKnownError } from "../../core/contract/known-error.ts";
import { cannotWrite } from "../cannot-write.ts";

export type EntryFile = { readonly path: string; readonly body: Readable; /** Where it is until it is whole, on the same disk. */ readonly partial: string };

/** Writes a whole file or none, in place of what was there; its folder is made. KnownError "invalid-file" when it can't. */
export async function writeEntry({ path, body, partial }: EntryFile, signal: AbortSignal): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await rm(partial, { force: true });
    await pipeline(body, createWriteStream(partial, { flags: "wx", flush: true }), { signal });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    if (isKnownError(error) || signal.aborted || !isOfSystem(error)) throw error;
    throw cannotWrite(path, error, "What was fetched before it is there, each file whole. Give -o a folder that you may write to and that has room.");
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && "syscall" in error;
