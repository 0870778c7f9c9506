import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

/**
 * Runs what takes in an upload when there is room for it, and gives its outcome; `bytesRead` tells how far its connection has come, undefined once all of
 * it is here.
 */
export type Admit = (receive: () => Promise<void>, bytesRead: () => number | undefined) => Promise<void>;

/** More at once arrive no faster, and each in flight costs half a megabyte of buffers. */
const uploadsAtOnce = 16;

/** A sender that sends less than this in so long goes on without its place, so that it holds up nobody. */
const leastBytes = 8 * 1024;
const stallMilliseconds = 100;

/** An admission of its own; senders that wait for `100 Continue` have sent nothing until they are let in. */
export function createAdmission(): Admit {
  const limit = pLimit(uploadsAtOnce);
  return (receive, bytesRead) =>
    new Promise((resolve, reject) => {
      void limit(async () => {
        const receiving = receive();
        receiving.then(resolve, reject);
        const done = new AbortController();
        await Promise.race([receiving.catch(() => undefined), untilStalled(bytesRead, done.signal)]);
        done.abort();
      });
    });
}

async function untilStalled(bytesRead: () => number | undefined, signal: AbortSignal): Promise<void> {
  for (let before = -Infinity; !signal.aborted;) {
    const read = bytesRead();
    if (read !== undefined && read - before < leastBytes) return;
    before = read ?? before;
    await sleep(stallMilliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
