import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { Header } from "tar-stream";
import type { ArchiveLimits } from "../../../core/archive/archive-limits.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";

export type MadeEntry = Partial<Header> & { readonly name: string; readonly content?: string | Buffer };

/** A plain tar by tar-stream itself, whatever is wrong with the entries. */
export async function makeTar(entries: readonly MadeEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content = "", ...header } of entries) archive.entry({ mtime: new Date(0), ...header }, content);
  archive.finalize();
  return await buffer(Readable.from(archive));
}

export const makeTarGz = async (entries: readonly MadeEntry[]): Promise<Buffer> => gzipSync(await makeTar(entries));

/** All that our reader gives, in order; the archive comes in pieces of `pieceBytes`. */
export async function readAll(archive: Buffer, limits?: ArchiveLimits, pieceBytes = 1000): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const { name, body } of readArchive(inPieces(archive, pieceBytes), limits)) found.push([name, (await buffer(body)).toString("latin1")]);
  return found;
}

export function inPieces(archive: Buffer, pieceBytes: number): Readable {
  const count = Math.ceil(archive.length / pieceBytes);
  return Readable.from(Array.from({ length: count }, (_, index) => archive.subarray(index * pieceBytes, (index + 1) * pieceBytes)));
}

/** Changes one header's field and mends its checksum, as an attacker would. */
export function patchHeader(tar: Buffer, offset: number, text: string | Buffer): Buffer {
  const patched = Buffer.from(tar);
  const start = Math.floor(offset / 512) * 512;
  Buffer.from(text).copy(patched, offset);
  patched.fill(32, start + 148, start + 156);
  const sum = patched.subarray(start, start + 512).reduce((total, byte) => total + byte, 0);
  patched.write(`${sum.toString(8).padStart(6, "0")}\0 `, start + 148, "latin1");
  return patched;
}
