import { readFile } from "node:fs/promises";
import type { Hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { exchange, ExchangeFailure } from "./exchange.ts";
import type { Timings } from "./timings.ts";
import type { Tunnels } from "./tunnels.ts";
import { createWays } from "./ways.ts";

/** One request. A streamed body is sent in chunks with its SHA-256 as trailer, after the aggregator's consent; a buffer goes as it is. */
export type AggregatorRequest = {
  readonly method: "GET" | "POST" | "PUT" | "HEAD";
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body: Buffer | Readable;
  /** Over the bytes before the streamed body, where it is only the rest of what the digest is of. */
  readonly hash?: Hash;
  /** The most bytes of a TLS record, which counts only when it has come whole; 16 KiB if left out. */
  readonly recordBytes?: number | undefined;
  readonly signal: AbortSignal;
  /** Instead of the usual waits, in milliseconds. */
  readonly idle?: number;
  readonly connect?: number;
  /** Bytes of the answer that are read, 64 KiB if left out. */
  readonly longestAnswer?: number;
};

/** What the aggregator said; no more of the body than was to be read. */
export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** The worker's one door to the network. `send` throws when there is no answer; it stays with an address that works and turns to the next when one does not. */
export type Aggregator = {
  send(request: AggregatorRequest): Promise<Answer>;
  /** Whether it is reached by the one connection that it has made itself, which carries one request at a time. */
  isTunnelled(): boolean;
  /** Closes the connections that nobody uses now. */
  rest(): void;
  close(): void;
};

/** A pooled connection that the aggregator closed meanwhile costs a try; there are never more than a few. */
const maxStaleTries = 4;

export function connectToAggregator(settings: WorkerSettings, timings: Timings, tunnels: Pick<Tunnels, "isOffered" | "take">): Aggregator {
  const { aggregatorUrls, tokenFile } = settings;
  const ways = createWays(settings, tunnels);

  async function send(request: AggregatorRequest): Promise<Answer> {
    let unreached = 0;
    let stale = 0;
    for (;;) {
      const way = ways.choose();
      // Kubernetes rotates the file, so a token that was read before may have expired.
      const token = (await readFile(tokenFile, "utf8")).trim();
      try {
        return await exchange({ ...request, url: new URL(request.path, way.base), agent: way.agent, token, timings });
      } catch (error) {
        if (request.signal.aborted || !(error instanceof ExchangeFailure)) throw error;
        if (error.stage === "stale" && ++stale < maxStaleTries) continue;
        ways.turnFrom(way);
        if (error.stage !== "connecting" || ++unreached > aggregatorUrls.length) throw error;
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
    isTunnelled: () => ways.isTunnelled(),
    rest: () => ways.rest(),
    close: () => ways.close(),
  };
}
