import { lstat, readdir, realpath } from "node:fs/promises";
import { isKnownError } from "../contract/known-error.ts";
import { parseEntryName } from "./safe-name.ts";

/** A file below a folder: where it is on disk, and its name in an archive, whatever bytes its real one has. */
export type ListedFile = { readonly path: Buffer; readonly name: string };

/** What to leave out, as paths relative to the folder (files or whole folders), and who is told of what can't be packed. */
export type ListOptions = { readonly exclude?: readonly string[]; readonly onSkipped?: (name: string, why: string) => void };

/**
 * The regular files below a folder, each folder's in the order of their names' bytes; links and special files are not followed but reported. Bytes
 * that no archive's reader takes (control characters, backslashes, what is no UTF-8) stand in the name as %XX. Throws if the folder itself can't be read.
 */
export async function* listFiles(folder: string, { exclude = [], onSkipped }: ListOptions): AsyncGenerator<ListedFile> {
  const skipped = new Set(exclude);
  yield* walk(await realpath(folder, { encoding: "buffer" }), "");

  async function* walk(path: Buffer, below: string): AsyncGenerator<ListedFile> {
    const entries = await readdir(path, { withFileTypes: true, encoding: "buffer" }).catch((error: unknown) => {
      if (below === "") throw error;
      onSkipped?.(below, `can't be read (${codeOf(error)})`);
      return [];
    });
    for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
      const at = Buffer.concat([path, slash, entry.name]);
      const raw = below === "" ? entry.name.toString() : `${below}/${entry.name.toString()}`;
      const name = below === "" ? escapeDrive(escapeName(entry.name)) : `${below}/${escapeName(entry.name)}`;
      if (skipped.has(raw) || skipped.has(name)) continue;
      if (entry.isDirectory()) yield* walk(at, name);
      else if (!entry.isFile()) onSkipped?.(name, entry.isSymbolicLink() ? "is a symbolic link" : "is a special file");
      else if (isPackable(name, onSkipped)) yield { path: at, name };
    }
  }
}

/** Whether what is open is still the file that its path, free of links and below the folder, leads to. */
export async function isStillThere(file: ListedFile, opened: { readonly dev: number; readonly ino: number }): Promise<boolean> {
  const real = await realpath(file.path, { encoding: "buffer" });
  const found = await lstat(real);
  return real.equals(file.path) && found.dev === opened.dev && found.ino === opened.ino;
}

const slash = Buffer.from("/");

function escapeName(name: Buffer): string {
  const text = name.toString();
  const whole = Buffer.from(text).equals(name) ? text : [...name].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : writeByte(byte))).join("");
  return whole.replaceAll(/[\p{Cc}\\]/gu, (character) => [...Buffer.from(character)].map(writeByte).join(""));
}

const escapeDrive = (name: string): string => name.replace(/^([A-Za-z]):/, "$1%3A");

const writeByte = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

function isPackable(name: string, onSkipped: ListOptions["onSkipped"]): boolean {
  try {
    parseEntryName(name);
    return true;
  } catch (error) {
    if (!isKnownError(error)) throw error;
    onSkipped?.(name, "has a path that is too long for an archive");
    return false;
  }
}

/** The system's code of an error (ENOENT, …). */
export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "unknown error");
