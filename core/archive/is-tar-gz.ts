import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Whether it is gzip around something whose first 512 bytes bear a tar header's checksum; a .gz of one file is kept as it is. */
export async function isTarGz(open: () => Readable): Promise<boolean> {
  const header = await readFirstBlock(open());
  if (header.length < 512) return false;
  const claimed = Number.parseInt(header.toString("latin1", 148, 156).replaceAll(/[^0-7]/g, ""), 8);
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  return claimed === sum || header.every((byte) => byte === 0);
}

async function readFirstBlock(source: Readable): Promise<Buffer> {
  const gunzip = createGunzip();
  try {
    const parts: Buffer[] = [];
    let size = 0;
    source.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= 512) break;
    }
    return Buffer.concat(parts).subarray(0, 512);
  } catch {
    return Buffer.alloc(0);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
