import { once } from "node:events";
import type { Pack } from "tar-stream";

/**
 * Adds one regular file of exactly `size` bytes to a pack and resolves when its last byte was taken, keeping back-pressure. An error of `chunks`,
 * or a length that is not `size`, destroys the pack, because its header has gone out already.
 */
export async function addTarEntry(
  archive: Pack,
  header: { readonly name: string; readonly size: number; readonly modifiedAt: Date },
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { promise: taken, resolve, reject } = Promise.withResolvers<void>();
  taken.catch(() => undefined);
  const { name, size, modifiedAt } = header;
  const sink = archive.entry({ name, size, mtime: modifiedAt, mode: 0o644, type: "file" }, (error) => (error ? reject(error) : resolve()));
  sink.on("error", () => undefined);
  try {
    for await (const chunk of chunks) {
      if (chunk.length > 0 && !sink.write(chunk)) await Promise.race([once(sink, "drain"), taken]);
    }
  } catch (error) {
    sink.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  sink.end(undefined);
  await taken;
}
