import { Agent } from "node:https";
import { connect as connectTls } from "node:tls";
import type { ConnectionOptions } from "node:tls";
import { serverName } from "../core/contract/names.ts";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { tunnelHost } from "../core/contract/worker-wire.ts";
import type { Tunnels } from "./tunnels.ts";

/** A base address of the aggregator, and what connects to it. */
export type Way = { readonly base: string; readonly agent: Agent };

/** How the aggregator is reached: one of its addresses for as long as it answers, or the connection that it has made itself. */
export type Ways = {
  choose(): Way;
  /** It led nowhere: the next address has its turn. */
  turnFrom(way: Way): void;
  /** Whether there is a connection that the aggregator has made itself, which carries one request at a time. */
  isTunnelled(): boolean;
  /** Closes the connections that nobody uses now. */
  rest(): void;
  close(): void;
};

/** The ways to the run's aggregator, and to nobody else: all speak TLS, and pin its CA. */
export function createWays({ aggregatorUrls, ca }: Pick<WorkerSettings, "aggregatorUrls" | "ca">, tunnels: Pick<Tunnels, "isOffered" | "take">): Ways {
  const secure = { ca, servername: serverName, minVersion: "TLSv1.2", rejectUnauthorized: true } as const;
  const agent = new Agent({ keepAlive: true, ...secure });
  const tunnelAgent = buildTunnelAgent({ keepAlive: true, maxSockets: 1, ...secure }, tunnels);
  let preferred = 0;
  const isTunnelled = (): boolean => tunnels.isOffered() || Object.keys({ ...tunnelAgent.sockets, ...tunnelAgent.freeSockets }).length > 0;
  return {
    isTunnelled,
    // The aggregator offers a tunnel only when nothing else has led to it, so that it goes before all others.
    choose: () => (isTunnelled() ? { base: tunnelBase, agent: tunnelAgent } : { base: aggregatorUrls[preferred] ?? "", agent }),
    turnFrom({ base }) {
      // Another request may have turned already.
      if (base === aggregatorUrls[preferred]) preferred = (preferred + 1) % aggregatorUrls.length;
    },
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
