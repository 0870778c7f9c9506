import { lstat, mkdir, realpath } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { isTarGz } from "../core/archive/is-tar-gz.ts";
import { packFile } from "../core/archive/pack-file.ts";
import { packFolder } from "../core/archive/pack-folder.ts";
import { writePacked } from "../core/archive/write-packed.ts";
import { archiveContentType, collectedHeader, folderHeader, packedContentType, problemHeader } from "../core/contract/worker-wire.ts";
import { contentDisposition, mayBeArchive } from "./content-headers.ts";
import type { DoneFile } from "./done-file.ts";
import { doneFileName } from "./done-file.ts";
import type { OpenedInside } from "./open-inside.ts";
import { openInside } from "./open-inside.ts";
import type { Sent } from "./redact-job.ts";
import type { Unreadable } from "./find-unreadable.ts";
import { findUnreadable } from "./find-unreadable.ts";

/** A result ready to be sent: what it is in words, the headers that say so to the aggregator, and its bytes, read from disk as they are taken. */
export type Result = { readonly what: string; readonly headers: { readonly [name: string]: string }; readonly body: Readable };

type Problem = { readonly code: "result-missing" | "result-unreadable"; readonly sentence: string };

/**
 * How what is to be sent becomes a body: as it is, with `onSkipped` told of what a pack leaves out, or by `redacted`, which hides what is secret, but for
 * archives if it `keepsArchives`.
 */
export type Packing = {
  readonly onSkipped: (name: string, why: string) => void;
  readonly redacted?: ((sent: Sent) => Readable) | undefined;
  readonly keepsArchives?: boolean;
};

/**
 * Opens what the done file names, a file or a folder, packed; a file that may be an archive as it is. Without a done file it is the whole results folder;
 * so it is when the done file names nothing that may be sent, with the problem header saying why.
 */
export async function openResult(resultsDir: string, done: DoneFile | undefined, packing: Packing): Promise<Result> {
  const whole = (problem?: Problem): Promise<Result> => openFolder({ folder: resultsDir, resultsDir, problem, packing });
  if (done === undefined) {
    const result = await whole();
    return { ...result, headers: { ...result.headers, [collectedHeader]: "true" } };
  }
  if ("problem" in done) return await whole({ code: "result-unreadable", sentence: `the done file ${done.problem}` });
  if (done.text === "") return await whole({ code: "result-missing", sentence: "the done file is empty" });
  const named = await openInside(resultsDir, resolve(resultsDir, done.text)).catch((error: Error) => error.message);
  if (typeof named === "string") return await whole({ code: "result-missing", sentence: `the done file names ${quote(done.text)}, which ${named}` });
  if (named.stats.isFile()) return await openFile(named, { resultsDir, path: resolve(resultsDir, done.text), name: basename(done.text), packing });
  await named.handle.close();
  return await openFolder({ folder: named.real, resultsDir, problem: undefined, packing });
}

type NamedFile = { readonly resultsDir: string; readonly path: string; readonly name: string; readonly packing: Packing };

async function openFile({ handle, stats: { size } }: OpenedInside, { name, packing, ...place }: NamedFile): Promise<Result> {
  const isArchive = size > 0 && mayBeArchive(name);
  const { redacted, onSkipped, keepsArchives = false } = packing;
  // The size is that of this moment, so that a file which still grows comes to an end.
  if (redacted === undefined || (isArchive && keepsArchives)) {
    const body = isArchive ? handle.createReadStream({ end: size - 1 }) : packFile(handle, size, (why) => onSkipped(name, why));
    return describeFile(name, isArchive ? archiveContentType : packedContentType, body);
  }
  const isTar = isArchive && (await isTarGz(() => handle.createReadStream({ start: 0, end: size - 1 })));
  await handle.close();
  const { headers, ...result } = describeFile(name, packedContentType, redacted({ kind: isTar ? "archive" : "file", name, ...place }));
  return { ...result, headers: { ...headers, ...(isTar && { [folderHeader]: "true" }) } };
}

const describeFile = (name: string, type: string, body: Readable): Result => ({
  what: "a file",
  headers: { "content-type": type, "content-disposition": contentDisposition(name) },
  body,
});

type Folder = { readonly folder: string; readonly resultsDir: string; readonly problem: Problem | undefined; readonly packing: Packing };

async function openFolder({ folder, resultsDir, problem, packing }: Folder): Promise<Result> {
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  const real = await realpath(folder).catch(() => folder);
  const isTop = real === (await realpath(resultsDir).catch(() => resultsDir));
  const exclude = isTop && (await hasDoneFile(real)) ? [doneFileName] : [];
  const unreadable = await findUnreadable(real, exclude);
  const sentences = [...(problem === undefined ? [] : [problem.sentence]), ...(unreadable.count === 0 ? [] : [renderUnreadable(unreadable)])];
  const code = problem?.code ?? "result-unreadable";
  return {
    what: isTop ? "the results folder" : "a folder",
    headers: {
      "content-type": packedContentType,
      "content-disposition": contentDisposition("results"),
      [folderHeader]: "true",
      ...(sentences.length === 0 ? {} : { [problemHeader]: `${code}; ${encodeURIComponent(sentences.join("; ").toWellFormed())}` }),
    },
    body: unreadable.names[0] === "." ? packNothing() : packReadable(real, [...exclude, ...unreadable.names], packing),
  };
}

const packReadable = (folder: string, exclude: readonly string[], { redacted, onSkipped }: Packing): Readable =>
  redacted === undefined ? packFolder(folder, { exclude, onSkipped }) : redacted({ kind: "folder", folder, exclude });

/** A folder of that name is no done file. */
async function hasDoneFile(folder: string): Promise<boolean> {
  const stats = await lstat(join(folder, doneFileName)).catch(() => undefined);
  return stats !== undefined && !stats.isDirectory();
}

function renderUnreadable({ count, names: [first = ""] }: Unreadable): string {
  const what = count === 1 ? "1 file or folder" : `${count} files or folders`;
  return `${what} may not be read by the worker, the first is ${quote(first)}`;
}

/** A name from a plugin, short enough for a header. */
const quote = (name: string): string => (name.length > 200 ? `"${name.slice(0, 200)}…"` : `"${name}"`);

const packNothing = (): Readable => Readable.from(writePacked(Readable.from([])), { objectMode: false });
