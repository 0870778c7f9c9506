import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import type { FetchAnswer } from "../../cluster/cluster.ts";
import { gatherPieces } from "./gather-pieces.ts";
import { RequestFailure } from "./request-failure.ts";

/** The whole of a body, of at most `limit` bytes; RequestFailure "TooLarge" beyond that. */
export async function readBody(body: Readable, limit: number): Promise<Buffer> {
  let size = 0;
  body.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) body.destroy(new RequestFailure({ code: 0, reason: "TooLarge", message: `the answer is larger than ${limit} bytes` }));
  });
  return buffer(body);
}

/** An answer's body as it was before it was packed; `onBytes` hears of what comes over the wire. */
export function unpackBody({ body, headers }: FetchAnswer, onBytes: (count: number) => void): Readable {
  body.on("data", (chunk: Buffer) => onBytes(chunk.length));
  body.pause();
  if (headers["content-encoding"] !== "gzip") return body;
  const packed = gatherPieces(body);
  const plain = createGunzip({ chunkSize: 256 * 1024 });
  packed.once("error", (error) => plain.destroy(error));
  plain.once("close", () => packed.destroy());
  return packed.pipe(plain);
}
