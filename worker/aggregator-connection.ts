import { readFile } from "node:fs/promises";
import type { Hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Agent } from "node:https";
import { Readable } from "node:stream";
import { serverName } from "../core/contract/names.ts";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { exchange, ExchangeFailure } from "./exchange.ts";
import type { Timings } from "./timings.ts";

/** One request. A streamed body is sent in chunks with its SHA-256 as trailer, after the aggregator's consent; a buffer goes as it is. */
export type AggregatorRequest = {
  readonly method: "POST" | "PUT" | "HEAD";
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body: Buffer | Readable;
  /** Over the bytes before the streamed body, where it is only the rest of what the digest is of. */
  readonly hash?: Hash;
  readonly signal: AbortSignal;
  /** Instead of the usual waits, in milliseconds. */
  readonly idle?: number;
  readonly connect?: number;
};

/** What the aggregator said; at most the first 64 KiB of the body. */
export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** The worker's one door to the network. `send` throws when there is no answer; it stays with an address that works and turns to the next when one does not. */
export type Aggregator = {
  send(request: AggregatorRequest): Promise<Answer>;
  /** Closes the connections that nobody uses now. */
  rest(): void;
  close(): void;
};

/** A pooled connection that the aggregator closed meanwhile costs a try; there are never more than a few. */
const maxStaleTries = 4;

export function connectToAggregator(settings: WorkerSettings, timings: Timings): Aggregator {
  const { aggregatorUrls, ca, tokenFile } = settings;
  const agent = new Agent({ keepAlive: true, ca, servername: serverName, minVersion: "TLSv1.2", rejectUnauthorized: true });
  let preferred = 0;

  async function send(request: AggregatorRequest): Promise<Answer> {
    let unreached = 0;
    let stale = 0;
    for (;;) {
      const used = preferred;
      // Kubernetes rotates the file, so a token that was read before may have expired.
      const token = (await readFile(tokenFile, "utf8")).trim();
      try {
        return await exchange({ ...request, url: new URL(request.path, aggregatorUrls[used]), agent, token, timings });
      } catch (error) {
        if (request.signal.aborted || !(error instanceof ExchangeFailure)) throw error;
        if (error.stage === "stale" && ++stale < maxStaleTries) continue;
        if (preferred === used) preferred = (used + 1) % aggregatorUrls.length;
        if (error.stage !== "connecting" || ++unreached >= aggregatorUrls.length) throw error;
      }
    }
  }

  return {
    async send(request) {
      // A body may break before anyone reads it; whoever reads it then gets the error.
      if (request.body instanceof Readable) request.body.on("error", () => undefined);
      try {
        return await send(request);
      } finally {
        if (request.body instanceof Readable) request.body.destroy();
      }
    },
    rest() {
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    },
    close: () => agent.destroy(),
  };
}
