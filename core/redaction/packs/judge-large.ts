import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { formatOf } from "../files/format-of.ts";
import { copyPieces } from "./copy-pieces.ts";
import type { PackSource } from "./redact-source.ts";

/** How a large file is read: `isGzip` if what is in it is to be packed again, and whether lines are JSON. */
export type Stages = { readonly isGzip: boolean; readonly text: "lines" | "text" };

/** Whether a file can be held in memory, or how it is read as a stream, or why it can't be read at all. */
export type Judged = "held" | { readonly stages: Stages } | { readonly why: string };

type Bounds = { readonly heldBytes: number; readonly longestUnpacked: number };

/** Judges by the first bytes and the name; of gzip also by how much is in it. */
export async function judgeLarge({ path, size, open }: PackSource, { heldBytes, longestUnpacked }: Bounds): Promise<Judged> {
  const start = await readStart(open(), startBytes);
  const format = formatOf({ name: path, content: start });
  if (format === "gzip") return await judgeGzip(open, { path, size, longestUnpacked });
  if (format === "tar" || format === "zip") return size <= longestUnpacked ? "held" : tooLarge(longestUnpacked);
  if (size <= heldBytes) return "held";
  return format === "utf16" ? tooLarge(heldBytes) : { stages: { isGzip: false, text: readLine(start) } };
}

async function judgeGzip(
  open: PackSource["open"],
  { path, size, longestUnpacked }: Pick<PackSource, "path" | "size"> & Pick<Bounds, "longestUnpacked">,
): Promise<Judged> {
  const { start, length } = await measureGzip(open(), longestUnpacked);
  // Also where it is damaged, which is told then.
  if (length <= longestUnpacked && size <= longestUnpacked) return "held";
  const inner = formatOf({ name: path.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, ""), content: start });
  return ["gzip", "tar", "zip", "utf16"].includes(inner) ? tooLarge(longestUnpacked) : { stages: { isGzip: true, text: readLine(start) } };
}

const tooLarge = (bytes: number): Judged => ({ why: `it is larger than ${bytes} bytes, and is read only whole` });

const readLine = (start: Buffer): Stages["text"] => (/^\s*\{/.test(start.toString("latin1")) ? "lines" : "text");

const startBytes = 1024;

async function readStart(body: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(Buffer.from(part.subarray(0, bytes - size)));
    size += part.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(parts);
}

/** The first bytes of what is in it, and how many there are, counted no further than `most`; what is damaged ends there. */
async function measureGzip(packed: AsyncIterable<Buffer>, most: number): Promise<{ readonly start: Buffer; readonly length: number }> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const parts: Buffer[] = [];
  let length = 0;
  try {
    pipeline(copyPieces(packed), gunzip, () => undefined);
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      if (length < startBytes) parts.push(Buffer.from(part.subarray(0, startBytes)));
      length += part.length;
      if (length > most) break;
    }
  } catch (error) {
    // Whoever unpacks it next finds out too that it is damaged.
    if (error instanceof Error && "syscall" in error) throw error;
  } finally {
    gunzip.destroy();
  }
  return { start: Buffer.concat(parts), length };
}
