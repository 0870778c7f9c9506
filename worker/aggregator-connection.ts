import { readFile } from "node:fs/promises";
import type { Hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Agent } from "node:https";
import { Readable } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { ConnectionOptions } from "node:tls";
import { serverName } from "../core/contract/names.ts";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { tunnelHost } from "../core/contract/worker-wire.ts";
import { exchange, ExchangeFailure } from "./exchange.ts";
import type { Timings } from "./timings.ts";
import type { Tunnels } from "./tunnels.ts";

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
  /** Whether it is reached by the one connection that it has made itself, which carries one request at a time. */
  isTunnelled(): boolean;
  /** Closes the connections that nobody uses now. */
  rest(): void;
  close(): void;
};

/** A pooled connection that the aggregator closed meanwhile costs a try; there are never more than a few. */
const maxStaleTries = 4;

export function connectToAggregator(settings: WorkerSettings, timings: Timings, tunnels: Pick<Tunnels, "isOffered" | "take">): Aggregator {
  const { aggregatorUrls, ca, tokenFile } = settings;
  const secure = { ca, servername: serverName, minVersion: "TLSv1.2", rejectUnauthorized: true } as const;
  const agent = new Agent({ keepAlive: true, ...secure });
  const tunnelAgent = buildTunnelAgent({ keepAlive: true, maxSockets: 1, ...secure }, tunnels);
  let preferred = 0;

  /** The aggregator offers a tunnel only when nothing else has led to it, so that it goes before all others. */
  const isTunnelled = (): boolean => tunnels.isOffered() || Object.keys({ ...tunnelAgent.sockets, ...tunnelAgent.freeSockets }).length > 0;

  async function send(request: AggregatorRequest): Promise<Answer> {
    let unreached = 0;
    let stale = 0;
    for (;;) {
      const used = preferred;
      const way = isTunnelled() ? { base: tunnelBase, agent: tunnelAgent } : { base: aggregatorUrls[used], agent };
      // Kubernetes rotates the file, so a token that was read before may have expired.
      const token = (await readFile(tokenFile, "utf8")).trim();
      try {
        return await exchange({ ...request, url: new URL(request.path, way.base), agent: way.agent, token, timings });
      } catch (error) {
        if (request.signal.aborted || !(error instanceof ExchangeFailure)) throw error;
        if (error.stage === "stale" && ++stale < maxStaleTries) continue;
        if (way.agent === agent && preferred === used) preferred = (used + 1) % aggregatorUrls.length;
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
    isTunnelled,
    rest() {
      for (const sockets of Object.values({ ...agent.freeSockets, ...tunnelAgent.freeSockets })) for (const socket of sockets ?? []) socket.destroy();
    },
    close() {
      agent.destroy();
      tunnelAgent.destroy();
    },
  };
}

const tunnelBase = `https://${tunnelHost}`;

/** An agent whose connections are those that the aggregator has made. */
function buildTunnelAgent(options: ConstructorParameters<typeof Agent>[0], tunnels: Pick<Tunnels, "take">): Agent {
  return Object.assign(new Agent(options), {
    createConnection(target: ConnectionOptions) {
      const { host: _host, port: _port, path: _path, ...secure } = target;
      const socket = tunnels.take();
      if (socket === undefined) throw new Error("the aggregator offers no connection");
      return connectTls({ ...secure, socket });
    },
  });
}
