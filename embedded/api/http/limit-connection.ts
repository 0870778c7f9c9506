import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { toError } from "../../to-error.ts";

/** Sends what is written to a connection at most so fast, and breaks it off after so many bytes. The function that it returns ends the limit. */
export function limitConnection(socket: Duplex, limit: { readonly bytesPerSecond?: number; readonly breakAfter?: number }): () => void {
  const { bytesPerSecond = Infinity, breakAfter = Infinity } = limit;
  const write = socket["_write"].bind(socket);
  const closed = new AbortController();
  const drop = (): void => closed.abort();
  let left = breakAfter;
  let readyAt = 0;

  const pass = async (chunk: unknown, encoding: BufferEncoding): Promise<void> => {
    let bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : parseBuffer(chunk);
    while (bytes.length > 0) {
      const pause = readyAt - performance.now();
      if (pause > 0) await sleep(pause, undefined, { signal: closed.signal });
      const piece = bytes.subarray(0, Math.min(left, Math.max(1, Math.floor(bytesPerSecond / 10))));
      bytes = bytes.subarray(piece.length);
      left -= piece.length;
      if (piece.length > 0) await new Promise<void>((resolve, reject) => write(piece, ofBuffers, (error) => (error ? reject(error) : resolve())));
      if (left <= 0) return void socket.destroy();
      readyAt = Math.max(performance.now(), readyAt) + (1000 * piece.length) / bytesPerSecond;
    }
  };
  const settle = async (passing: Promise<void>, callback: (error?: Error | null) => void): Promise<void> => {
    const failure = await passing.then(() => null, toError);
    callback(failure);
  };

  socket.once("close", drop);
  socket["_write"] = (chunk, encoding, callback) => void settle(pass(chunk, encoding), callback);
  socket["_writev"] = (chunks, callback) =>
    void settle(
      (async () => {
        for (const { chunk, encoding } of chunks) await pass(chunk, encoding);
      })(),
      callback,
    );
  return () => {
    socket.off("close", drop);
    // Those of its class are in force again.
    Reflect.deleteProperty(socket, "_write");
    Reflect.deleteProperty(socket, "_writev");
  };
}

/** What Node itself says of a chunk that is no text, though its types do not know it; sockets take it at its word. */
const ofBuffers = "buffer" as BufferEncoding;

const parseBuffer = (chunk: unknown): Buffer => chunk as Buffer;
