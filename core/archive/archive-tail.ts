import { tarballPaths } from "../contract/tarball-layout.ts";
import { renderTarHeader, tarBlock } from "./render-tar-header.ts";
import { gzipTrailerBytes, storedBlock } from "./segment-file.ts";

/** The end of a tar, of fixed length: the entry that says at which byte of the .tar.gz the index's segment begins, and two blocks of zeros. */
export function renderTail(indexOffset: number, modifiedAt: Date): Buffer {
  const tail = Buffer.alloc(4 * tarBlock);
  renderTarHeader({ name: tarballPaths.indexAt, size: digits, modifiedAt }).copy(tail);
  tail.write(indexOffset.toString(16).padStart(digits, "0"), tarBlock, "latin1");
  return tail;
}

/** How many bytes of a .tar.gz its tail is, from the block that stores it to the end. */
export const tailBytes = 5 + 4 * tarBlock + gzipTrailerBytes;

/** Where the index begins, of the last `tailBytes` of a .tar.gz; undefined if they are no such tail. */
export function parseTail(bytes: Buffer): number | undefined {
  const tar = bytes.subarray(5, -gzipTrailerBytes);
  const text = tar.toString("latin1", tarBlock, tarBlock + digits);
  if (bytes.length !== tailBytes || !/^[0-9a-f]{16}$/.test(text)) return undefined;
  const modifiedAt = new Date(1000 * Number.parseInt(tar.toString("latin1", 136, 147), 8));
  if (Number.isNaN(modifiedAt.getTime())) return undefined;
  // Made again it must be the same to the last bit.
  const offset = Number.parseInt(text, 16);
  return Number.isSafeInteger(offset) && bytes.subarray(0, -gzipTrailerBytes).equals(storedBlock(renderTail(offset, modifiedAt))) ? offset : undefined;
}

const digits = 16;
