import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

export type PackOptions = {
  /** Paths relative to the folder that are left out. */
  readonly exclude?: readonly string[];
  readonly onSkipped?: (name: string, why: string) => void;
};

/** The regular files below a folder as .tar.gz, streamed from disk and the same for the same files; links and special files are reported and left out. */
export function packFolder(folder: string, options: PackOptions = {}): Readable {
  const tar = pack();
  const gzip = createGzip();
  const source = Readable.from(tar as unknown as AsyncIterable<Buffer>, { objectMode: false });
  source.on("error", (error) => gzip.destroy(error)).pipe(gzip);
  gzip.on("close", () => tar.destroy());
  packEach(tar, folder, options).then(
    () => tar.finalize(),
    (error: unknown) => gzip.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return gzip;
}

type Pack = ReturnType<typeof pack>;

async function packEach(tar: Pack, folder: string, { exclude = [], onSkipped }: PackOptions): Promise<void> {
  for await (const { name, kind } of walk(folder, "")) {
    if (exclude.includes(name)) continue;
    if (kind !== "file") onSkipped?.(name, kind);
    else await packFile(tar, { path: join(folder, name), name, onSkipped });
  }
}

type Found = { readonly name: string; readonly kind: "file" | "a link" | "a special file" };

/** Depth first, by name, so that two packings of the same files are the same bytes. */
async function* walk(folder: string, prefix: string): AsyncGenerator<Found> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(folder, name);
    else yield { name, kind: entry.isFile() ? "file" : entry.isSymbolicLink() ? "a link" : "a special file" };
  }
}

/** A file that grows meanwhile is cut, one that shrinks is filled with zeros: the archive stays valid. */
async function packFile(tar: Pack, { path, name, onSkipped }: { readonly path: string; readonly name: string; readonly onSkipped: PackOptions["onSkipped"] }): Promise<void> {
  const { size, mtime, mode } = await lstat(path);
  let finish: (error?: Error | null) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => (finish = (error) => (error ? reject(error) : resolve())));
  const entry = tar.entry({ name, size, mtime: new Date(Math.floor(mtime.getTime() / 1000) * 1000), mode: mode & 0o777 }, (error) => finish(error));
  const write = async (chunk: Buffer): Promise<void> => {
    if (!entry.write(chunk)) await new Promise<void>((resolve) => entry.once("drain", () => resolve()));
  };
  let seen = 0;
  if (size > 0)
    for await (const chunk of createReadStream(path, { end: size - 1 }) as AsyncIterable<Buffer>) {
      seen += chunk.length;
      await write(chunk);
    }
  if (seen < size) onSkipped?.(name, `its last ${size - seen} bytes, which vanished while it was read`);
  for (; seen < size; seen += 65_536) await write(Buffer.alloc(Math.min(65_536, size - seen)));
  entry.end();
  await done;
}
