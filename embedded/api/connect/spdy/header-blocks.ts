import { constants, createInflate } from "node:zlib";
import { headerDictionary } from "./header-dictionary.ts";
import { SpdyError } from "./frames.ts";

/** Reads the header blocks of one connection, which are one zlib stream: each must be read, in order, one after the other. Throws SpdyError. */
export function createHeaderReader(): { read(block: Buffer): Promise<ReadonlyMap<string, string>>; close(): void } {
  const inflate = createInflate({ dictionary: headerDictionary, flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH });
  let pieces: Buffer[] = [];
  let size = 0;
  inflate.on("data", (piece: Buffer) => {
    size += piece.length;
    if (size > maxBlockBytes) inflate.destroy(new SpdyError("headers of more than 64 KiB"));
    else pieces.push(piece);
  });
  inflate.on("error", () => undefined);
  return {
    async read(block) {
      pieces = [];
      size = 0;
      await new Promise<void>((resolve, reject) => {
        const fail = (error: Error | null = null): void => reject(new SpdyError("headers that can't be read", { cause: error }));
        if (inflate.destroyed) return fail();
        inflate.once("close", fail);
        inflate.write(block, (error) => {
          inflate.off("close", fail);
          if (error) fail(error);
          else resolve();
        });
      });
      return parseHeaders(Buffer.concat(pieces));
    },
    close: () => void inflate.destroy(),
  };
}

const maxBlockBytes = 64 * 1024;

/**
 * A header block with no headers, the only one that this server sends: deflate may store bytes as they are, so the four bytes of "no headers" need no compressor.
 * A connection's first one begins with zlib's own head, which names the dictionary by its checksum.
 */
export const buildEmptyBlock = (isFirst: boolean): Buffer => (isFirst ? Buffer.concat([zlibHead, storedNothing]) : storedNothing);

const zlibHead = Buffer.from("78bbe3c6a7c2", "hex");
// The second, empty piece is a sync flush, before which Go's reader gives nothing out.
const storedNothing = Buffer.from("000400fbff00000000000000ffff", "hex");

function parseHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let at = 0;
  const readNumber = (): number => {
    if (at + 4 > bytes.length) throw new SpdyError("headers that break off");
    at += 4;
    return bytes.readUInt32BE(at - 4);
  };
  const readText = (): string => {
    const length = readNumber();
    if (at + length > bytes.length) throw new SpdyError("headers that break off");
    at += length;
    return bytes.toString("latin1", at - length, at);
  };
  for (let left = readNumber(); left > 0; left -= 1) {
    const name = readText();
    headers.set(name.toLowerCase(), readText());
  }
  return headers;
}
