import type { Socket } from "node:net";
import { isLoopback, isUnspecified } from "./loopback.ts";
import type { Peer } from "./control-message.ts";

/** Something in a pod that listens: on which of the pod's addresses, and how a connection is brought to it. */
export type PodListener = { readonly host: string; readonly port: number; accept(from: Peer): Promise<Socket> };

/** What listens in one pod. */
export type PodListeners = {
  /** False if the port is taken already on that address. */
  add(listener: PodListener): boolean;
  remove(listener: PodListener): void;
  /** Who answers at an address of the pod, loopback or not. */
  find(address: string, port: number): PodListener | undefined;
  /** Who answers to somebody inside the pod's network namespace, whatever the address. */
  findAny(port: number): PodListener | undefined;
  takeFreePort(): number;
};

export function createPodListeners(): PodListeners {
  const listeners = new Set<PodListener>();
  let lastPort = firstEphemeralPort;
  const isTaken = (port: number): boolean => [...listeners].some((listener) => listener.port === port);
  return {
    add(listener) {
      const hasConflict = [...listeners].some(
        ({ host, port }) => port === listener.port && (host === listener.host || isUnspecified(host) || isUnspecified(listener.host)),
      );
      if (!hasConflict) listeners.add(listener);
      return !hasConflict;
    },
    remove: (listener) => void listeners.delete(listener),
    find: (address, port) => [...listeners].find((listener) => listener.port === port && isReachable(listener.host, address)),
    findAny: (port) => [...listeners].find((listener) => listener.port === port),
    takeFreePort() {
      do lastPort = lastPort >= 60_999 ? firstEphemeralPort : lastPort + 1;
      while (isTaken(lastPort));
      return lastPort;
    },
  };
}

const firstEphemeralPort = 32_768;

/** "::" takes IPv4 as well, as on any Linux. */
function isReachable(host: string, address: string): boolean {
  if (host === address || host === "::") return true;
  if (host === "0.0.0.0") return !address.includes(":");
  return !isLoopback(host) && !isLoopback(address);
}
