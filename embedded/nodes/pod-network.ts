import type { Duplex } from "node:stream";

/**
 * The pod network: addresses without packets. Pods' processes ask it to connect them (network/preload.ts, in each process), controllers tell it what Services there are.
 * Faults stand in the way of every connection: it refuses, stalls, slows, or cuts after so many bytes.
 */
export type PodNetwork = {
  /** A connection as one from `from` (a pod's uid, or undefined for the control plane). Rejects with an Error of code ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT or ENOTFOUND. */
  dial(target: { readonly host: string; readonly port: number }, from?: string): Promise<Duplex>;
  /** Addresses of a name as the cluster's DNS gives them ("kubernetes.default.svc", search list of `namespace` applied); empty if there is none. */
  resolve(name: string, namespace: string): readonly string[];
  /** Where each Service's ports lead; told by the endpoints controller after each change. Virtual addresses are dialled by cluster IP and port. */
  setServices(services: readonly ServiceRoute[]): void;
  /** Something in this process that listens at an address, such as the API server. */
  serve(address: { readonly host: string; readonly port: number }, listener: (connection: Duplex) => void): void;
  readonly faults: NetworkFaults;
};

export type ServiceRoute = {
  readonly namespace: string;
  readonly name: string;
  /** Empty for a headless Service, whose name leads to its endpoints. */
  readonly clusterIPs: readonly string[];
  readonly ports: readonly { readonly port: number; readonly endpoints: readonly { readonly address: string; readonly port: number }[] }[];
};

/** What is broken on purpose. A node that is cut reaches nothing off the node and nobody reaches it; connections that stand go silent, as with a pulled cable. */
export type NetworkFaults = {
  cutNode(nodeName: string): void;
  mendNode(nodeName: string): void;
  /** Pods of different nodes reach one another no more, nor does a Service lead to another node; the API server, the kubelets and all that they carry do. */
  cutBetweenNodes(): void;
  /** Each new connection to a port of `target` (a pod's uid or a Service's cluster IP) passes at most so many bytes a second, or breaks off after so many bytes, `times` times. */
  limit(target: string, limit: { readonly bytesPerSecond?: number; readonly breakAfterBytes?: number; readonly times?: number }): void;
  clear(): void;
};
