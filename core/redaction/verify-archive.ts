import type { Readable } from "node:stream";
import type { Format } from "./files/format-of.ts";
import { formatOf } from "./files/format-of.ts";
import { isConformanceFile } from "./files/is-conformance-file.ts";
import { isAllowed } from "./files/is-left-out.ts";
import { redactFile } from "./files/redact-file.ts";
import { forSecondLook, type Redactor } from "./redactor.ts";
import type { Tally } from "./tally.ts";
import { count, createTally } from "./tally.ts";
import { createTextWindow } from "./text/text-window.ts";

/** A secret that is still there: in which file, found by which rule, how often; never the value. */
export type Leak = { readonly file: string; readonly rule: string; readonly count: number };

/** What reading a written archive again has found. `trusted` files were searched where they come from, and only a sample of them is read again. Sizes in bytes. */
export type Verification = {
  readonly files: number;
  readonly bytes: number;
  readonly trusted: { readonly files: number; readonly bytes: number };
  readonly milliseconds: number;
  readonly leaks: readonly Leak[];
};

export type Verifying = {
  readonly redactor: Redactor;
  /** Whether what an entry holds was searched, and searched again, by whoever packed it. */
  readonly isTrusted?: (name: string) => boolean;
  readonly signal?: AbortSignal;
};

type WrittenFile = { readonly name: string; readonly size: number };

/** Files that were written, in an archive or a folder; what was opened before is ended. */
export type Written<File extends WrittenFile = WrittenFile> = {
  readonly entries: readonly File[];
  readonly open: (file: File) => Promise<Readable>;
  readonly close: () => Promise<void>;
};

/**
 * Reads every entry again, as text whatever it is, so that what the reading by structure has overlooked is found; archives in it up to 16 MiB are opened. The files
 * of a conformance run, and those that the user allows, are passed over: what is in them stays. The archive is closed.
 */
export async function verifyArchive<File extends WrittenFile>(
  archive: Written<File>,
  { redactor, isTrusted = () => false, signal }: Verifying,
): Promise<Verification> {
  const second = forSecondLook(redactor);
  const start = performance.now();
  const [read, trusted] = [
    { files: 0, bytes: 0 },
    { files: 0, bytes: 0 },
  ];
  const leaks: Leak[] = [];
  let sampled = 0;
  try {
    for (const entry of archive.entries) {
      signal?.throwIfAborted();
      const { name, size } = entry;
      if (isConformanceFile(name) || isAllowed(redactor, name)) continue;
      if (isTrusted(name) && (sampled += size) > sampleBytes) {
        trusted.files++;
        trusted.bytes += size;
        continue;
      }
      const tally = createTally();
      const body = await archive.open(entry);
      await search(second, { name, size, body }, tally).catch(() => void tally.dropped.push("a rule failed on it"));
      read.files++;
      read.bytes += size;
      for (const [rule, times] of tally.counts) leaks.push({ file: name, rule, count: times });
      for (const why of tally.dropped) leaks.push({ file: name, rule: `not-searched: ${why}`, count: 1 });
    }
  } finally {
    await archive.close();
  }
  return { ...read, trusted, milliseconds: Math.round(performance.now() - start), leaks };
}

/** Of what is trusted so much is read again at most: two seconds' worth. */
const sampleBytes = 128 * 1024 ** 2;

type Content = { readonly name: string; readonly size: number; readonly body: Readable };

/** What is read by its structure is held whole; all else goes by in parts. */
async function search(redactor: Redactor, { name, size, body }: Content, tally: Tally): Promise<void> {
  const window = createTextWindow(redactor, ({ hits }) => hits.forEach(({ rule }) => count(tally, rule)));
  const held: Buffer[] = [];
  let isPack: boolean | undefined;
  let read = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    read += chunk.length;
    held.push(chunk);
    if (isPack === undefined && read >= Math.min(size, magicBytes))
      isPack = size <= heldBytes && isReadWhole(redactor, formatOf({ name, content: Buffer.concat(held) }));
    if (isPack === false) for (const piece of held.splice(0)) window.push(piece);
  }
  if (isPack) await redactFile(redactor, { name, content: Buffer.concat(held) }, tally);
  else window.end();
}

/** Archives, and, because places that the user allows are only known by the structure around them, objects then. */
const isReadWhole = ({ userRules }: Redactor, format: Format): boolean =>
  packs.has(format) || ((userRules?.allowedPaths.length ?? 0) > 0 && (format === "json" || format === "yaml"));

const heldBytes = 16 * 1024 ** 2;
/** By so many first bytes of a file its format is known. */
const magicBytes = 512;
const packs: ReadonlySet<Format> = new Set(["gzip", "tar", "zip", "utf16"]);
