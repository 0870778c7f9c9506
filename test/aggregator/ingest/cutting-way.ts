import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";
import type { TestContext } from "node:test";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { serverName } from "../../../core/contract/names.ts";
import type { Door } from "./door.ts";

/**
 * Where connections to the aggregator break: `wire` after so many bytes of TLS in one direction, `request` after so many bytes inside of it from the worker,
 * `body` after so many of an upload's data, `answer` after so many of what is said to an upload that has come whole; the first `times` connections that get there.
 */
export type Cut = {
  readonly at: "wire" | "request" | "body" | "answer";
  readonly from?: "worker" | "aggregator";
  readonly bytes: number;
  readonly times?: number;
};

/** A way to an aggregator's door on which connections break; counts those that did, and the bytes that have passed of uploads with their framing, on the wire of everything. */
export type CuttingWay = { readonly url: string; readonly cuts: () => number; readonly uploaded: () => number };

export async function openCuttingWay(context: TestContext, door: Door, cut: Cut): Promise<CuttingWay> {
  let [left, cuts, uploaded] = [cut.times ?? Infinity, 0, 0];
  const { cert, key, ca } = door.certificates;
  const meet = (near: Socket): void => {
    const far = cut.at === "wire" ? connect(door.port, "127.0.0.1") : connectTls({ port: door.port, host: "127.0.0.1", ca, servername: serverName });
    const meter = createMeter(cut);
    let isBroken = false;
    const breakOff = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const end of [near, far]) end.on("error", breakOff).on("close", breakOff);
    const pass = (to: Socket, chunk: Buffer, room: number): void => {
      if (isBroken) return;
      const isPassing = room > chunk.length || left <= 0;
      if (to === far && (cut.at === "wire" || meter.isUpload())) uploaded += isPassing ? chunk.length : room;
      if (isPassing) return void to.write(chunk);
      isBroken = true;
      left--;
      cuts++;
      // What has passed arrives before the break.
      to.write(chunk.subarray(0, room), () => setTimeout(breakOff, 10));
    };
    near.on("data", (chunk: Buffer) => {
      pass(far, chunk, meter.fromWorker(chunk));
    });
    far.on("data", (chunk: Buffer) => pass(near, chunk, meter.fromAggregator(chunk)));
  };
  const server = cut.at === "wire" ? createServer(meet) : createTlsServer({ cert, key }, meet);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => void server.close());
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, cuts: () => cuts, uploaded: () => uploaded };
}

/** How many bytes of a chunk may pass; more than it has where it passes whole. */
type Meter = {
  readonly fromWorker: (chunk: Buffer) => number;
  readonly fromAggregator: (chunk: Buffer) => number;
  /** Whether what has come last from the worker was a part of an upload's body. */
  readonly isUpload: () => boolean;
};

function createMeter({ at, from = "worker", bytes }: Cut): Meter {
  let left = bytes;
  let [isUpload, isBody, isWhole] = [false, false, false];
  const take = (chunk: Buffer, skipped = 0): number => {
    const room = skipped + left;
    left -= chunk.length - skipped;
    return room;
  };
  return {
    isUpload: () => isBody,
    fromWorker(chunk) {
      if (at === "wire") return from === "worker" ? take(chunk) : Infinity;
      // A head comes by itself, because its sender waits for consent or has all of its body in one piece.
      if (/^(?:PUT|POST|HEAD) \//.test(chunk.toString("latin1", 0, 6))) {
        [isUpload, isBody, isWhole, left] = [chunk.toString("latin1", 0, 3) === "PUT", false, false, at === "request" ? left : bytes];
        return at === "request" && from === "worker" ? take(chunk) : Infinity;
      }
      const isFirst = isUpload && !isBody;
      isBody = isUpload;
      isWhole = isUpload && /(?:^|\r\n)0\r\n(?:[^\r]+\r\n)*\r\n$/.test(chunk.toString("latin1").slice(-300));
      const size = chunk.toString("latin1", 0, 12).split("\r\n", 1)[0] ?? "";
      if (at === "request" && from === "worker") return take(chunk);
      // The first chunk's length brings nothing that could be gone on from; of a body without any there is nothing to cut.
      return at === "body" && isBody && !(isFirst && size === "0") ? take(chunk, isFirst ? size.length + 2 : 0) : Infinity;
    },
    fromAggregator(chunk) {
      if (at === "wire" || at === "request") return from === "aggregator" ? take(chunk) : Infinity;
      return at === "answer" && isWhole ? take(chunk) : Infinity;
    },
  };
}
