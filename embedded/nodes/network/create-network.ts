import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { isIP } from "node:net";
import { join } from "node:path";
import type { PodNetwork, ServiceRoute } from "../pod-network.ts";
import type { NodeAddresses } from "./addresses.ts";
import { createAddresses } from "./addresses.ts";
import { resolveName } from "./cluster-dns.ts";
import type { Peer } from "./control-message.ts";
import { createRouter } from "./create-router.ts";
import { joinSockets } from "./join-sockets.ts";
import { createNetworkError } from "./network-error.ts";
import { createFaultBoard } from "./network-faults.ts";
import { createPodListeners } from "./pod-listeners.ts";
import { openPair } from "./rendezvous.ts";
import type { OpenedWay } from "./start-control-server.ts";
import { startControlServer } from "./start-control-server.ts";

type NewPod = {
  readonly uid: string;
  readonly namespace: string;
  readonly nodeName: string;
  readonly hostNetwork: boolean;
  /** The pod has a network namespace: its processes listen and reach one another in it without the network's help. */
  readonly isLoopbackNative: boolean;
  /** Reaches what listens in the pod without having said so; undefined when nothing can. */
  readonly dialNative: (port: number) => Promise<Socket | undefined> | undefined;
};

/** A pod's place in the network. */
export type PodPlug = {
  readonly address: string;
  /** Of this machine: the sockets through which the pod's processes talk to the network. */
  readonly folder: string;
  /** As from inside the pod, so that what listens on loopback only is reached too; rejects with ECONNREFUSED. */
  dial(port: number): Promise<Socket>;
  close(): Promise<void>;
};

/** The pod network with what the nodes need of it. */
export type NodesNetwork = PodNetwork & {
  /** Where a node is; nodes get their numbers in the order in which they are named here first. */
  nodeOf(nodeName: string): NodeAddresses;
  readonly clusterDomain: string;
  openPod(pod: NewPod): Promise<PodPlug>;
  close(): Promise<void>;
};

/** A pod network without any pods. `folder` holds its sockets: at most 80 bytes long, because a socket's path has 107. */
export function createPodNetwork({ folder, clusterDomain = "cluster.local" }: { readonly folder: string; readonly clusterDomain?: string }): NodesNetwork {
  const addresses = createAddresses();
  const board = createFaultBoard();
  const pods = new Map<string, { readonly namespace: string; readonly nodeName: string; readonly address: string }>();
  const open = new Set<Socket>();
  const stops = new Set<() => void>();
  let services: readonly ServiceRoute[] = [];
  let lastFolder = 0;
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const router = createRouter({ board, services: () => services, openPair: () => openPair(folder) });
  const resolve = (name: string, namespace: string): readonly string[] => resolveName(name, namespace, { services, domain: clusterDomain });

  /** A way from a pod, or from the control plane, with the faults that lie on it. */
  const openWay = async (target: { readonly host: string; readonly port: number }, from: string | undefined): Promise<OpenedWay> => {
    const source = from === undefined ? undefined : pods.get(from);
    const host = isIP(target.host) > 0 ? target.host : resolve(target.host, source?.namespace ?? "default")[0];
    if (host === undefined) throw createNetworkError("ENOTFOUND", target);
    const origin: Peer = { address: source?.address ?? controlPlaneAddress, port: 40_000 + (lastPort++ % 20_000) };
    const { socket, side, limited } = await router.open({ host, port: target.port }, { podUid: from, side: source?.nodeName, origin });
    return {
      remote: { address: host, port: target.port },
      abandon: () => void socket.destroy(),
      join(caller) {
        for (const end of [caller, socket]) {
          open.add(end);
          end.once("close", () => open.delete(end));
        }
        joinSockets(caller, socket, { isCut: () => board.isCut(source?.nodeName, side), watch: board.watch, limit: board.takeLimit(limited) });
      },
    };
  };
  /** A look-up goes to pods of the cluster's DNS, so a node that is cut off waits in vain, as glibc does by default. */
  const lookup = async (name: string, uid: string): Promise<readonly string[]> => {
    const pod = pods.get(uid);
    if (board.isCut(pod?.nodeName, undefined)) await router.untilMended(pod?.nodeName, undefined, dnsPatienceMilliseconds);
    if (board.isCut(pod?.nodeName, undefined)) throw createNetworkError("EAI_AGAIN", { host: name, port: 0 });
    return resolve(name, pod?.namespace ?? "default");
  };

  return {
    faults: board.faults,
    clusterDomain,
    nodeOf: (nodeName) => addresses.nodeOf(nodeName),
    resolve,
    async dial(target, from) {
      const way = await openWay(target, from);
      const [near, far] = await openPair(folder);
      way.join(far);
      return near;
    },
    setServices(routes) {
      services = routes;
    },
    serve: (address, listener) => router.serve(address, listener),
    async openPod({ uid, namespace, nodeName, hostNetwork, isLoopbackNative, dialNative }) {
      const address = hostNetwork ? addresses.nodeOf(nodeName).address : addresses.takePodAddress(nodeName);
      const podFolder = join(folder, `p${(lastFolder++).toString(36)}`);
      mkdirSync(podFolder);
      const listeners = createPodListeners();
      const leave = router.addPod({ uid, address, nodeName, listeners, dialNative });
      pods.set(uid, { namespace, nodeName, address });
      const stop = await startControlServer({
        folder: podFolder,
        address,
        listeners,
        isLoopbackNative,
        open: (host, port) => openWay({ host, port }, uid),
        lookup: (name) => lookup(name, uid),
      });
      stops.add(stop);
      return {
        address,
        folder: podFolder,
        async dial(port) {
          const found = listeners.findAny(port)?.accept({ address: "127.0.0.1", port: 40_000 + (lastPort++ % 20_000) }) ?? dialNative(port);
          const socket = await found;
          if (socket === undefined) throw createNetworkError("ECONNREFUSED", { host: "127.0.0.1", port });
          socket.allowHalfOpen = false;
          return socket;
        },
        async close() {
          stop();
          stops.delete(stop);
          leave();
          pods.delete(uid);
          if (!hostNetwork) addresses.release(address);
          await rm(podFolder, { recursive: true, force: true });
        },
      };
    },
    async close() {
      for (const stop of stops) stop();
      for (const socket of open) socket.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where connections from the control plane seem to come from: its node is the first. */
const controlPlaneAddress = "172.18.0.2";
const dnsPatienceMilliseconds = 10_000;
let lastPort = 0;
