import { Readable } from "node:stream";
import type { Gunzip, InflateRaw } from "node:zlib";
import { KnownError } from "../contract/known-error.ts";

/** What `unpacker` makes of the bytes; throws KnownError "invalid-tarball" for a damaged or cut off stream, and an error of `packed` as it is. */
export async function* inflate(unpacker: Gunzip | InflateRaw, packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  source.on("error", (error) => unpacker.destroy(error)).pipe(unpacker);
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const what = error.code === "Z_BUF_ERROR" ? "is cut off: its end is missing" : "is damaged: what it holds can't be unpacked";
    throw new KnownError("invalid-tarball", `${what}.`, { hint: getItAgain, cause: error });
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

/** What to do about an archive that lost bytes on its way. */
export const getItAgain = "Fetch it again (`asdic retrieve` checks what arrives), or compare its size and sha256 with the original's.";

const isZlibError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
