import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { PodNetwork, ServiceRoute } from "../pod-network.ts";
import { isPodAddress } from "./addresses.ts";
import type { Peer } from "./control-message.ts";
import { isLoopback } from "./loopback.ts";
import { createNetworkError } from "./network-error.ts";
import type { FaultBoard } from "./network-faults.ts";
import type { PodListeners } from "./pod-listeners.ts";

type Target = { readonly host: string; readonly port: number };
type Source = { readonly podUid: string | undefined; readonly side: string | undefined; readonly origin: Peer };
type Pod = {
  readonly uid: string;
  readonly address: string;
  readonly nodeName: string;
  readonly listeners: PodListeners;
  readonly dialNative: (port: number) => Promise<Socket | undefined> | undefined;
};

type Options = {
  readonly board: FaultBoard;
  readonly services: () => readonly ServiceRoute[];
  readonly openPair: () => Promise<readonly [Socket, Socket]>;
};

/** Finds who answers at an address: something in this process, a Service's endpoints in turn, a pod. */
export function createRouter({ board, services, openPair }: Options) {
  const pods = new Set<Pod>();
  const served = new Map<string, Parameters<PodNetwork["serve"]>[1]>();
  const turns = new Map<string, number>();

  /** Holds out as long as a kernel asks for a neighbour's hardware address. */
  const untilMended = async (side: string | undefined, other: string | undefined, milliseconds: number): Promise<void> => {
    const mended = new AbortController();
    const stop = board.watch(() => board.isCut(side, other) || mended.abort());
    await wait(milliseconds, undefined, { signal: mended.signal }).catch(() => undefined);
    stop();
  };
  const reach = async (target: Target, from: Source, side: string | undefined): Promise<void> => {
    if (!board.isCut(from.side, side)) return;
    await untilMended(from.side, side, neighbourMilliseconds);
    if (board.isCut(from.side, side)) throw createNetworkError("EHOSTUNREACH", target);
  };
  const findEndpoint = ({ host, port }: Target): Target | undefined => {
    const service = services().find(({ clusterIPs }) => clusterIPs.includes(host));
    if (service === undefined) return undefined;
    const endpoints = service.ports.find((entry) => entry.port === port)?.endpoints ?? [];
    const turn = turns.get(host) ?? 0;
    turns.set(host, turn + 1);
    const endpoint = endpoints[turn % endpoints.length];
    // As kube-proxy answers for a Service that nobody stands behind.
    if (endpoint === undefined) throw createNetworkError("ECONNREFUSED", { host, port });
    return { host: endpoint.address, port: endpoint.port };
  };
  const findPods = (host: string, podUid: string | undefined): readonly Pod[] =>
    [...pods].filter((pod) => (isLoopback(host) ? pod.uid === podUid : pod.address === host));

  const open = async (target: Target, from: Source, limited: readonly string[] = []): Promise<Opened> => {
    const listener = served.get(`${target.host}:${target.port}`);
    if (listener !== undefined) {
      await reach(target, from, undefined);
      const [near, far] = await openPair();
      listener(far);
      // The wire between them passes a half-close on.
      near.allowHalfOpen = true;
      return { socket: near, side: undefined, limited: [...limited, target.host] };
    }
    // An endpoint is an address of a pod or a node, never a Service again.
    const endpoint = limited.length === 0 ? findEndpoint(target) : undefined;
    if (endpoint !== undefined) return open(endpoint, from, [...limited, target.host]);
    const found = findPods(target.host, from.podUid);
    const [first] = found;
    if (first === undefined) {
      // Nobody answers for the address, which a kernel finds out by asking for a while.
      if (isPodAddress(target.host)) await wait(neighbourMilliseconds, undefined, { ref: false });
      throw createNetworkError(isLoopback(target.host) ? "ECONNREFUSED" : "EHOSTUNREACH", target);
    }
    await reach(target, from, first.nodeName);
    for (const { uid, nodeName, listeners, dialNative } of found) {
      const socket = await (listeners.find(target.host, target.port)?.accept(from.origin) ?? dialNative(target.port));
      if (socket !== undefined) return { socket, side: nodeName, limited: [...limited, uid] };
    }
    throw createNetworkError("ECONNREFUSED", target);
  };

  return {
    open,
    untilMended,
    serve(address: Target, listener: Parameters<PodNetwork["serve"]>[1]): void {
      served.set(`${address.host}:${address.port}`, listener);
    },
    addPod(pod: Pod): () => void {
      pods.add(pod);
      return () => void pods.delete(pod);
    },
  };
}

/** `side` is where it is; `limited` all names under which a fault may be meant for it. */
type Opened = { readonly socket: Socket; readonly side: string | undefined; readonly limited: readonly string[] };

const neighbourMilliseconds = 3000;
