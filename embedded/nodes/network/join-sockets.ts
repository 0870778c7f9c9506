import type { Socket } from "node:net";
import type { ConnectionLimit } from "./network-faults.ts";

type Line = { readonly isCut: () => boolean; readonly watch: (listener: () => void) => () => void; readonly limit: ConnectionLimit | undefined };

/** Makes one connection of two sockets, with back-pressure, half-closing and faults; what a cut holds back (data, an end, a break) comes when it is mended. */
export function joinSockets(first: Socket, second: Socket, { isCut, watch, limit }: Line): void {
  let bytesLeft = limit?.breakAfterBytes ?? Infinity;
  const shared: Shared = {
    isCut,
    bytesPerSecond: limit?.bytesPerSecond,
    spend(bytes) {
      const granted = Math.min(bytes, bytesLeft);
      bytesLeft -= granted;
      return granted;
    },
    breakOff() {
      stopWatching();
      first.destroy();
      second.destroy();
    },
  };
  const refreshers = [pump(first, second, shared), pump(second, first, shared)];
  const stopWatching = watch(() => {
    for (const refresh of refreshers) refresh();
  });
  for (const refresh of refreshers) refresh();
}

type Shared = {
  readonly isCut: () => boolean;
  readonly bytesPerSecond: number | undefined;
  /** How many of so many bytes may still pass. */
  readonly spend: (bytes: number) => number;
  readonly breakOff: () => void;
};

/** Carries one direction; the result looks again whether it may. */
function pump(from: Socket, to: Socket, { isCut, bytesPerSecond, spend, breakOff }: Shared): () => void {
  let isFull = false;
  let isResting = false;
  let isBroken = false;
  // Somebody who says nothing may have gone before the way was there.
  let isEnded = from.readableEnded;
  let isClosed = from.closed;

  const refresh = (): void => {
    if (isCut() || isFull || isResting || isBroken) from.pause();
    else from.resume();
    if (isCut()) return;
    if (isEnded) to.end();
    // What closed without an end before was broken off; what ended has nobody left who reads.
    if (isClosed && !isBroken && isEnded) to.destroySoon();
    else if (isClosed && !isBroken) to.destroy();
    if (from.closed && to.closed) breakOff();
  };
  const rest = (bytes: number): void => {
    if (bytesPerSecond === undefined) return;
    isResting = true;
    setTimeout(
      () => {
        isResting = false;
        refresh();
      },
      (bytes / bytesPerSecond) * 1000,
    ).unref();
  };
  from.on("data", (chunk: Buffer) => {
    const granted = spend(chunk.length);
    isBroken ||= granted < chunk.length;
    isFull = !to.write(isBroken ? chunk.subarray(0, granted) : chunk, isBroken ? breakOff : undefined);
    rest(granted);
    refresh();
  });
  to.on("drain", () => {
    isFull = false;
    refresh();
  });
  from.on("end", () => {
    isEnded = true;
    refresh();
  });
  from.on("close", () => {
    isClosed = true;
    refresh();
  });
  from.on("error", () => undefined);
  return refresh;
}
