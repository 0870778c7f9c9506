import type { Duplex } from "node:stream";
import type { Frame } from "./frames.ts";
import { buildControlFrame, finFlag, frameTypes, readFrames, SpdyError } from "./frames.ts";
import { buildEmptyBlock, createHeaderReader } from "./header-blocks.ts";
import type { OpenStream } from "./open-stream.ts";
import { createStream } from "./open-stream.ts";

/** A stream that a client has opened. */
export type SpdyStream = { readonly id: number; readonly headers: ReadonlyMap<string, string>; readonly duplex: Duplex };

/** Which streams a server takes: what `accept` refuses is reset. */
export type SpdyServer = { readonly signal: AbortSignal; accept(stream: SpdyStream): boolean };

/**
 * The server's side of SPDY/3.1 as Kubernetes uses it: clients open streams, nobody keeps flow-control windows (TCP's own holds back who is too fast).
 * Ends with the connection or the signal, and never rejects; whatever streams are left are destroyed then.
 */
export async function serveSpdy(connection: Duplex, server: SpdyServer): Promise<void> {
  const headers = createHeaderReader();
  const session: Session = { connection, server, streams: new Map(), last: { opened: 0, replies: 0 }, readHeaders: (block) => headers.read(block) };
  const abort = (): void => void connection.destroy();
  server.signal.addEventListener("abort", abort, { once: true });
  if (server.signal.aborted) abort();
  try {
    for await (const frame of readFrames(connection.iterator({ destroyOnReturn: false }))) await take(session, frame);
  } catch (error) {
    if (error instanceof SpdyError && connection.writable) {
      connection.end(buildControlFrame(frameTypes.goAway, [session.last.opened, resetStatus.protocolError]), () => connection.destroy());
    } else connection.destroy();
  } finally {
    server.signal.removeEventListener("abort", abort);
    headers.close();
    for (const stream of session.streams.values()) stream.abandon();
    if (!connection.writableEnded) connection.destroy();
  }
}

type Session = {
  readonly connection: Duplex;
  readonly server: SpdyServer;
  readonly streams: Map<number, OpenStream>;
  readonly last: { opened: number; replies: number };
  readonly readHeaders: (block: Buffer) => Promise<ReadonlyMap<string, string>>;
};

const resetStatus = { protocolError: 1, refused: 3 } as const;
const maxStreams = 1000;

async function take(session: Session, frame: Frame): Promise<void> {
  const { connection, streams } = session;
  if (frame.kind === "data") {
    const stream = streams.get(frame.streamId);
    if (stream === undefined) return;
    await stream.receive(frame.payload);
    if ((frame.flags & finFlag) !== 0) stream.receiveEnd();
    return;
  }
  const { type, flags, payload } = frame;
  if (type === frameTypes.synStream) return openStream(session, flags, payload);
  if (type === frameTypes.headers) {
    const stream = streams.get(readNumber(payload, 0));
    // Nobody reads them, but all blocks are one compressed stream.
    await session.readHeaders(payload.subarray(4));
    if ((flags & finFlag) !== 0) stream?.receiveEnd();
  } else if (type === frameTypes.rstStream) streams.get(readNumber(payload, 0))?.abandon();
  // A client's pings are odd; an even one would be the answer to ours.
  else if (type === frameTypes.ping && readNumber(payload, 0) % 2 === 1) connection.write(buildControlFrame(frameTypes.ping, [readNumber(payload, 0)]));
}

async function openStream({ connection, server, streams, last, readHeaders }: Session, flags: number, payload: Buffer): Promise<void> {
  const id = readNumber(payload, 0);
  const headers = await readHeaders(payload.subarray(10));
  const reset = (status: number): void => void connection.write(buildControlFrame(frameTypes.rstStream, [id, status]));
  if (id % 2 === 0 || id <= last.opened) return reset(resetStatus.protocolError);
  last.opened = id;
  if (streams.size >= maxStreams) return reset(resetStatus.refused);
  const stream = createStream(connection, { id, onClose: () => streams.delete(id) });
  streams.set(id, stream);
  if (!server.accept({ id, headers, duplex: stream.duplex })) return void stream.duplex.destroy();
  connection.write(buildControlFrame(frameTypes.synReply, [id, buildEmptyBlock(last.replies === 0)]));
  last.replies += 1;
  if ((flags & finFlag) !== 0) stream.receiveEnd();
}

function readNumber(payload: Buffer, at: number): number {
  if (payload.length < at + 4) throw new SpdyError("a frame that breaks off");
  return payload.readUInt32BE(at) & 0x7fffffff;
}
