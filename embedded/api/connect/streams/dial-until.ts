import type { Duplex } from "node:stream";

/** A connection that is being made, given up when the signal aborts; one that comes after that is closed. */
export async function dialUntil(signal: AbortSignal, dialling: Promise<Duplex>): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    dialling
      .then((connection) => {
        if (!signal.aborted) return resolve(connection);
        connection.on("error", () => undefined);
        connection.destroy();
      }, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
