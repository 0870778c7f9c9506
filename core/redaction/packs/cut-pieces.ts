import { segmentBytes } from "../../archive/packed-frame.ts";

/**
 * Exactly `size` bytes in pieces as a pack wants them, whatever pieces they come in. What comes beyond that is left out; for what does not come there are
 * zeros.
 */
export async function* cutPieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  const space = Buffer.allocUnsafe(Math.min(segmentBytes, size));
  let [left, held] = [size, 0];
  const full = (): number => Math.min(space.length, left);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length && left > 0;) {
      const count = chunk.copy(space, held, at, Math.min(chunk.length, at + full() - held));
      held += count;
      at += count;
      if (held < full()) continue;
      yield space.subarray(0, held);
      left -= held;
      held = 0;
    }
    if (left === 0) return;
  }
  while (left > 0) {
    const piece = space.subarray(0, full()).fill(0, held);
    yield piece;
    left -= piece.length;
    held = 0;
  }
}
