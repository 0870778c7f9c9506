import { Writable } from "node:stream";
import type { RawData, WebSocket } from "ws";

/** One channel of a socket as a stream: each chunk is a message, and more is asked for when it is on its way. */
export const createChannel = (socket: WebSocket, channel: number): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      socket.send(buildMessage(channel, chunk), (error) => done(error ?? null));
    },
  });

/** A message: the channel's number, then what is said on it. */
export const buildMessage = (channel: number, content: Buffer | string): Buffer => Buffer.concat([Buffer.of(channel), Buffer.from(content)]);

/** A message's channel and content; undefined for an empty one. */
export function parseMessage(data: RawData): { readonly channel: number; readonly content: Buffer } | undefined {
  const message = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
  const [channel] = message;
  return channel === undefined ? undefined : { channel, content: message.subarray(1) };
}

/**
 * Writes what comes from a socket, and lets the socket wait while any of its targets is full. What a target no longer takes is dropped.
 * Call the function that it gives for each piece.
 */
export function createInput(socket: WebSocket): (target: Writable, content: Buffer) => void {
  const full = new Set<Writable>();
  let beat: NodeJS.Timeout | undefined;
  socket.once("close", () => clearInterval(beat));
  const relieve = (target: Writable): void => {
    full.delete(target);
    if (full.size > 0) return;
    clearInterval(beat);
    socket.resume();
  };
  return (target, content) => {
    if (!target.writable || target.write(content) || full.has(target)) return;
    full.add(target);
    if (full.size === 1) {
      socket.pause();
      // Who reads nothing does not hear that the other side has gone; who writes does.
      beat = setInterval(() => socket.ping(), beatMilliseconds).unref();
    }
    const done = (): void => {
      target.off("drain", done).off("close", done);
      relieve(target);
    };
    target.on("drain", done).on("close", done);
  };
}

const beatMilliseconds = 2000;
