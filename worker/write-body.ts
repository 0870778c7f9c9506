import type { Hash } from "node:crypto";
import { once } from "node:events";
import type { ClientRequest } from "node:http";
import type { Readable } from "node:stream";
import { digestTrailer } from "../core/contract/worker-wire.ts";

/**
 * Sends a stream as fast as the other side takes it and ends the request with the SHA-256 of its bytes, and of those that `hash` has seen before, as
 * trailer; stops, without an error, on the signal.
 */
export async function writeBody({ outgoing, body, hash, stop }: Sending): Promise<void> {
  const destroy = (): void => void body.destroy();
  stop.addEventListener("abort", destroy, { once: true });
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      if (!outgoing.write(chunk)) await once(outgoing, "drain", { signal: stop });
    }
    if (stop.aborted) return;
    outgoing.addTrailers({ [digestTrailer]: hash.digest("hex") });
    outgoing.end();
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    stop.removeEventListener("abort", destroy);
  }
}

type Sending = { readonly outgoing: ClientRequest; readonly body: Readable; readonly hash: Hash; readonly stop: AbortSignal };
