import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

/** Runs what takes in an upload's body when there is room for it, and gives its outcome. */
export type Admit = (receive: () => Promise<void>) => Promise<void>;

/** More at once arrive no faster, and each in flight costs half a megabyte of buffers. */
const uploadsAtOnce = 8;

/** A sender that stalls keeps its place no longer than this; it goes on without one. */
const placeMilliseconds = 5000;

/** An admission of its own; senders that wait for `100 Continue` have sent nothing until they are let in. */
export function createAdmission(): Admit {
  const limit = pLimit(uploadsAtOnce);
  return (receive) =>
    new Promise((resolve, reject) => {
      void limit(async () => {
        const receiving = receive();
        receiving.then(resolve, reject);
        const done = new AbortController();
        const place = sleep(placeMilliseconds, undefined, { signal: done.signal, ref: false }).catch(() => undefined);
        await Promise.race([receiving.catch(() => undefined), place]);
        done.abort();
      });
    });
}
