import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { KnownError } from "../contract/known-error.ts";
import type { IndexLine } from "../contract/tarball-layout.ts";
import { parseEntryName, quoteName } from "./safe-name.ts";
import { addTarEntry } from "./tar-entry.ts";

/** A .tar.gz in the making. Once a write has failed, only `abandon` is of use. */
export type ArchiveWriter = {
  /** Adds a file; throws KnownError "invalid-tarball" for a name that is unsafe or there already. Calls are served one after the other. */
  readonly add: (name: string, content: string | Buffer) => Promise<void>;
  /** The same from a stream, which must give exactly `size` bytes; memory stays flat. */
  readonly addStream: (name: string, size: number, body: Readable) => Promise<void>;
  /** Ends it, syncs it to disk, and gives it its name; SHA-256 in hex, size in bytes, both of the .tar.gz. */
  readonly finish: () => Promise<{ readonly sha256: string; readonly size: number }>;
  /** What has been added so far, in order. */
  readonly entries: readonly IndexLine[];
  /** Gives up and removes what was written; nothing after `finish`. */
  readonly abandon: () => Promise<void>;
};

/** Begins a .tar.gz, written as `<path>.partial` until it is finished; all its entries bear the time `modifiedAt`, by default the moment of this call. */
export async function createArchive(path: string, { modifiedAt = new Date() }: { readonly modifiedAt?: Date } = {}): Promise<ArchiveWriter> {
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  const archive = pack();
  archive.on("error", () => undefined);
  const written = writeGzip(archive, file);
  written.catch(() => undefined);
  const entries: IndexLine[] = [];
  const names = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  let isFinished = false;

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last;
    const done = (async () => {
      await turn;
      await work();
    })();
    last = done.catch(() => undefined);
    return done;
  };
  const addChunks = (rawName: string, size: number, chunks: AsyncIterable<Buffer>): Promise<void> => {
    return inTurn(async () => {
      const name = parseEntryName(rawName);
      if (names.has(name)) throw new KnownError("invalid-tarball", `would hold ${quoteName(name)} twice.`, { hint: "Give each entry a name of its own." });
      names.add(name);
      const measured = { crc: 0 };
      await addTarEntry(archive, { name, size, modifiedAt }, measure({ name, size, chunks, measured })).catch(async (error: unknown) => {
        archive.destroy();
        // A full disk ends the tar too; it is what people need to hear of.
        const diskError = await written.then(
          () => undefined,
          (reason: unknown) => reason,
        );
        throw isSystemError(diskError) ? diskError : error;
      });
      entries.push({ name, size, crc32: measured.crc.toString(16).padStart(8, "0") });
    });
  };

  return {
    entries,
    add: (name, content) => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      return addChunks(name, bytes.length, Readable.from([bytes]));
    },
    addStream: (name, size, body) => addChunks(name, size, body).finally(() => body.destroy()),
    finish: async () => {
      await last;
      archive.finalize();
      const result = await written;
      await file.sync();
      await file.close();
      await rename(partial, path);
      await syncFolder(dirname(path));
      isFinished = true;
      return result;
    },
    abandon: async () => {
      if (isFinished) return;
      archive.destroy();
      await written.catch(() => undefined);
      await file.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

async function writeGzip(archive: AsyncIterable<unknown>, file: FileHandle): Promise<{ sha256: string; size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  await pipeline(Readable.from(archive, { objectMode: false }), createGzip({ chunkSize: 32 * 1024 }), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      await file.appendFile(chunk);
    }
  });
  return { sha256: hash.digest("hex"), size };
}

type Measured = { readonly name: string; readonly size: number; readonly chunks: AsyncIterable<Buffer>; readonly measured: { crc: number } };

async function* measure({ name, size, chunks, measured }: Measured): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > size) break;
    measured.crc = crc32(chunk, measured.crc);
    yield chunk;
  }
  if (length === size) return;
  const found = length > size ? "more" : String(length);
  throw new KnownError("transfer-failed", `${quoteName(name)} was to have ${size} bytes and had ${found}: it changed while it was read.`, {
    hint: "Try again once nothing writes to it.",
  });
}

async function syncFolder(path: string): Promise<void> {
  // Windows can't open a folder, and needs no sync of it.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && "syscall" in error;
