import { KnownError } from "../contract/known-error.ts";
import { getItAgain } from "./inflate.ts";

/** Watches a tar go by, for what its parser does not see: headers without end, and an end that is missing. */
export type TarProgress = {
  /** Before the first byte: whether a gzip around it vouches for its end. */
  readonly begin: (format: "gzip" | "tar") => void;
  /** Each chunk before it is parsed; throws KnownError when more than a MiB of headers belongs to no entry. */
  readonly take: (chunk: Buffer) => void;
  /** Each entry as it is found; offset and size of its content in bytes. */
  readonly enter: (content: { readonly byteOffset: number; readonly size: number }) => void;
  /** Whether the newest entry wants more bytes than have gone by; for when no more come. */
  readonly isCutOff: () => boolean;
  /** Once everything is parsed; throws KnownError when the tar stops without its end mark. */
  readonly checkEnd: () => void;
};

export function followTar(): TarProgress {
  let format: "gzip" | "tar" = "tar";
  let position = 0;
  let contentEnd = 0;
  let zeros = 0;
  let last: Buffer = Buffer.alloc(0);
  return {
    begin: (found) => (format = found),
    take: (chunk) => {
      position += chunk.length;
      last = Buffer.from(last.length + chunk.length > block ? Buffer.concat([last, chunk.subarray(-block)]).subarray(-block) : Buffer.concat([last, chunk]));
      if (position <= contentEnd) return;
      if (isZero(chunk)) zeros += chunk.length;
      else if (position - contentEnd - zeros > maxHeaderBytes + chunk.length)
        throw new KnownError("invalid-tarball", "holds headers of more than a MiB for one entry.", { hint: getItAgain });
    },
    enter: ({ byteOffset, size }) => {
      contentEnd = byteOffset + Math.ceil(size / block) * block;
      zeros = 0;
    },
    isCutOff: () => position < contentEnd,
    checkEnd: () => {
      const hasMark = position - contentEnd >= block && isZero(last);
      // A gzip knows its own length, so a tar that merely lacks the mark, as careless writers leave it, has lost nothing.
      if (!hasMark && !(format === "gzip" && position === contentEnd && position > 0))
        throw new KnownError("invalid-tarball", "is cut off: the mark at its end is missing.", { hint: getItAgain });
    },
  };
}

const block = 512;
const maxHeaderBytes = 1024 ** 2;
const zeroBytes = Buffer.alloc(64 * 1024);

function isZero(chunk: Buffer): boolean {
  for (let at = 0; at < chunk.length; at += zeroBytes.length) {
    const part = chunk.subarray(at, at + zeroBytes.length);
    if (!part.equals(zeroBytes.subarray(0, part.length))) return false;
  }
  return true;
}
