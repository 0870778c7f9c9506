import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createArchive } from "../../core/archive/write-archive.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CleanContent } from "../../core/redaction/files/redact-entry.ts";
import { verifyArchive, type Verification, type Verifying } from "../../core/redaction/verify-archive.ts";
import { readFailure } from "../read-failure.ts";
import type { SourceKind } from "./source-kind.ts";

/** Where redacted files go. Nothing stands at the target before `finish`, and nothing is left of it after `abandon`. */
export type Target = {
  readonly add: (name: string, content: CleanContent) => Promise<void>;
  /** Reads what was added so far from the disk again; nothing may be added before that is closed. */
  readonly verify: (verifying: Verifying) => Promise<Verification>;
  readonly finish: () => Promise<void>;
  readonly abandon: () => Promise<void>;
};

/** Begins a file, a folder, which must be new or empty, or a tarball; KnownError "invalid-file" where nothing can be written. */
export async function openTarget(path: string, kind: SourceKind): Promise<Target> {
  try {
    return kind === "tarball" ? await openTarball(path) : await openFolder(path, kind === "file");
  } catch (error) {
    const why = error instanceof Error && "code" in error && error.code === "ENOENT" ? "its folder doesn't exist" : readFailure(error);
    throw why === undefined ? error : refuse(path, why, error);
  }
}

const refuse = (path: string, why: string, cause?: unknown): KnownError =>
  new KnownError("invalid-file", `${path}: can't be written (${why}).`, {
    hint: "Give -o a path in a folder that is there, and that is not taken yet.",
    cause,
  });

async function openTarball(path: string): Promise<Target> {
  const archive = await createArchive(path);
  return {
    add: (name, content) => ("path" in content ? archive.addStream(name, content.size, createReadStream(content.path)) : archive.add(name, content.content)),
    verify: async (verifying) => verifyArchive(await archive.readBack(), verifying),
    finish: async () => void (await archive.finish()),
    abandon: () => archive.abandon(),
  };
}

/** A single file is that of a folder which is given up again. */
async function openFolder(path: string, isFile: boolean): Promise<Target> {
  if (!isFile && (await readdir(path).catch(() => [])).length > 0) throw refuse(path, "there are files in it");
  const partial = `${path}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  let last = "";
  const entries: { readonly name: string; readonly size: number }[] = [];
  return {
    add: async (name, content) => {
      last = join(partial, name);
      await mkdir(dirname(last), { recursive: true });
      entries.push({ name, size: "path" in content ? content.size : content.content.length });
      if ("path" in content) return copyFile(content.path, last);
      const file = await open(last, "wx");
      try {
        await file.writeFile(content.content);
      } finally {
        await file.close();
      }
    },
    verify: (verifying) => verifyArchive({ entries, open: async ({ name }) => createReadStream(join(partial, name)), close: async () => undefined }, verifying),
    finish: async () => {
      if (!isFile) await rm(path, { recursive: true, force: true });
      await rename(isFile ? last : partial, path);
      await rm(partial, { recursive: true, force: true });
    },
    abandon: () => rm(partial, { recursive: true, force: true }),
  };
}
