import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGzip } from "node:zlib";
import { pack } from "tar-stream";
import type { IndexLine } from "../contract/tarball-layout.ts";
import { parseEntryName } from "./safe-name.ts";

/** A tarball in the making; entries are written one after the other. */
export type ArchiveWriter = {
  /** What has been written so far, in order. */
  readonly entries: readonly IndexLine[];
  add(name: string, content: string | Buffer): Promise<void>;
  /** Exactly `size` bytes of the body; less or more is an error. */
  addStream(name: string, size: number, body: Readable): Promise<void>;
  /** Ends the archive, syncs it and gives it its name. `sha256` in hex, `size` in bytes. */
  finish(): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Removes what was written. */
  abandon(): Promise<void>;
};

/** Starts a .tar.gz at `<path>.partial`; it appears as `path` only when it is whole and synced. */
export async function createArchive(path: string, modifiedAt: Date = new Date()): Promise<ArchiveWriter> {
  const partial = `${path}.partial`;
  const tar = pack();
  const hash = createHash("sha256");
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  const file = await open(partial, "w");
  const written = pipeline(Readable.from(tar as unknown as AsyncIterable<Buffer>, { objectMode: false }), createGzip(), meter, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) await file.appendFile(chunk);
  });
  written.catch(() => undefined);
  const entries: IndexLine[] = [];
  const names = new Set<string>();
  const begin = (raw: string): string => {
    const name = parseEntryName(raw);
    if (names.has(name)) throw new Error(`the archive holds ${name} already`);
    names.add(name);
    return name;
  };
  const header = (name: string, bytes: number) => ({ name, size: bytes, mtime: modifiedAt, mode: 0o644 });
  return {
    entries,
    async add(raw, content) {
      const name = begin(raw);
      const bytes = Buffer.from(content);
      const done = new Promise<void>((resolve, reject) => tar.entry(header(name, bytes.length), bytes, (error) => (error ? reject(error) : resolve())));
      await Promise.race([done, failureOf(written)]);
      entries.push({ name, size: bytes.length, crc32: renderCrc(crc32(bytes)) });
    },
    async addStream(raw, bytes, body) {
      const name = begin(raw);
      let sum = 0;
      let seen = 0;
      let finish: (error?: Error | null) => void = () => undefined;
      const done = new Promise<void>((resolve, reject) => (finish = (error) => (error ? reject(error) : resolve())));
      const entry = tar.entry(header(name, bytes), (error) => finish(error));
      const copy = async (): Promise<void> => {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          sum = crc32(chunk, sum);
          seen += chunk.length;
          if (seen > bytes) throw new Error(`${name} is longer than its ${bytes} bytes`);
          if (!entry.write(chunk)) await new Promise<void>((resolve) => entry.once("drain", () => resolve()));
        }
        if (seen < bytes) throw new Error(`${name} is shorter than its ${bytes} bytes`);
        entry.end();
        await done;
      };
      await Promise.race([copy(), failureOf(written)]);
      entries.push({ name, size: bytes, crc32: renderCrc(sum) });
    },
    async finish() {
      tar.finalize();
      await written;
      await file.sync();
      await file.close();
      await rename(partial, path);
      const folder = await open(dirname(path), "r");
      await folder.sync();
      await folder.close();
      return { sha256: hash.digest("hex"), size };
    },
    async abandon() {
      tar.destroy();
      await written.catch(() => undefined);
      await file.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}

/** Never resolves; rejects when the writing of the archive fails, so that nobody waits for a full disk. */
const failureOf = (written: Promise<void>): Promise<never> => new Promise((_resolve, reject) => written.catch(reject));
const renderCrc = (value: number): string => value.toString(16).padStart(8, "0");
