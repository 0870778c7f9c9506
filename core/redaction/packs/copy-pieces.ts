/** The same pieces for a stream, which keeps what it gets, while their source may use its buffer again. */
export async function* copyPieces(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
