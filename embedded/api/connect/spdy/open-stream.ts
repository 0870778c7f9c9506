import { Duplex } from "node:stream";
import { buildControlFrame, buildDataFrame, finFlag, frameTypes } from "./frames.ts";

/** A stream of a connection, with what its frames do to it. */
export type OpenStream = {
  readonly duplex: Duplex;
  /** Resolves when there is room for more. */
  receive(content: Buffer): Promise<void>;
  /** The client says no more. */
  receiveEnd(): void;
  /** The client, or the connection, has given it up: nothing more is sent. */
  abandon(): void;
};

/** A stream whose writes are data frames, whose end is the flag for it, and that is reset when it is destroyed before both sides have ended. */
export function createStream(connection: Duplex, { id, onClose }: { readonly id: number; readonly onClose: () => void }): OpenStream {
  let isAbandoned = false;
  let isEnded = false;
  let makeRoom: (() => void) | undefined;
  const give = (): void => {
    makeRoom?.();
    makeRoom = undefined;
  };
  const send = (frame: Buffer, done: (error?: Error | null) => void): void => {
    if (connection.writable) connection.write(frame, done);
    else done(new Error("the connection has ended"));
  };
  const duplex = new Duplex({
    // So much may wait for a slow reader before it holds back all other streams of the connection.
    readableHighWaterMark: 256 * 1024,
    read: give,
    write: (chunk: Buffer, _encoding, done) => send(buildDataFrame(id, chunk), done),
    final: (done) => send(buildDataFrame(id, Buffer.alloc(0), finFlag), done),
    destroy(error, done) {
      give();
      onClose();
      const isOver = isAbandoned || (isEnded && duplex.writableFinished);
      if (!isOver && connection.writable) connection.write(buildControlFrame(frameTypes.rstStream, [id, cancelled]));
      done(error);
    },
  });
  // A client that resets a stream is no error of this process.
  duplex.on("error", () => undefined);
  return {
    duplex,
    async receive(content) {
      if (isEnded || duplex.destroyed || content.length === 0 || duplex.push(content)) return;
      await new Promise<void>((resolve) => {
        makeRoom = resolve;
      });
    },
    receiveEnd() {
      if (isEnded || duplex.destroyed) return;
      isEnded = true;
      duplex.push(null);
    },
    abandon() {
      isAbandoned = true;
      duplex.destroy();
    },
  };
}

const cancelled = 5;
