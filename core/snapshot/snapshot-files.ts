import type { SnapshotWriter } from "./snapshot-writer.ts";

/** Why a file could not be written; what was being read is not at fault, and a snapshot ends. */
export class WritingFailure extends Error {
  override readonly name = "WritingFailure";
}

/** A writer that counts, and says whose fault it is when a file does not come about. */
export type SnapshotFiles = SnapshotWriter & { readonly writtenBytes: () => number };

/** Counts what goes through to `writer`. `put` throws WritingFailure for the writer's errors, and those of a stream as they are. */
export function createFiles(writer: SnapshotWriter): SnapshotFiles {
  let writtenBytes = 0;
  return {
    writtenBytes: () => writtenBytes,
    put: async (name, content) => {
      const source: { failure?: { readonly error: unknown } } = {};
      async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        try {
          for await (const chunk of chunks) {
            writtenBytes += chunk.length;
            yield chunk;
          }
        } catch (error) {
          source.failure = { error };
          throw error;
        }
      }
      if (Buffer.isBuffer(content)) writtenBytes += content.length;
      await writer.put(name, Buffer.isBuffer(content) ? content : counted(content)).catch((error: unknown) => {
        if (source.failure) throw source.failure.error;
        throw new WritingFailure(error instanceof Error ? error.message : String(error), { cause: error });
      });
    },
  };
}
