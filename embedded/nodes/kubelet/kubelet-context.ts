import type { Identity } from "../../api/identity/identity.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import type { ContainerRuntime } from "../container.ts";

/** The node that a kubelet makes known, and is. */
export type NodeSpec = {
  readonly name: string;
  /** Beside those that every kubelet sets: hostname, os and arch. */
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  /** Quantities: cpu, memory, ephemeral-storage, pods; those left out are a plausible machine's. */
  readonly capacity?: { readonly [resource: string]: string };
  /** Its InternalIP, and the address of pods on the host's network. */
  readonly address: string;
  /** "10.244.1.0/24" */
  readonly podCIDR: string;
  /** Stands in nodeInfo where it isn't this machine's. */
  readonly osImage?: string;
};

/** How long a kubelet waits, in milliseconds; tests shorten it. */
export type KubeletTiming = {
  /** Between two renewals of the node's Lease. */
  readonly lease: number;
  /** Between two reports of an unchanged Node, and two looks at volumes that may have changed. */
  readonly report: number;
  /** Before a container that crashed is started again: the first wait, doubled each time up to the last. */
  readonly crashBackOff: BackOffTiming;
  readonly imageBackOff: BackOffTiming;
  readonly mountBackOff: BackOffTiming;
  /** Before a container that could not be made is tried again. */
  readonly retry: number;
  /** Before a call to a node that does not answer is given up. */
  readonly unreachable: number;
  /** Of one second of a probe's period and of the grace of a pod; below 1000 time runs faster. */
  readonly second: number;
};

export type BackOffTiming = { readonly first: number; readonly last: number };

/** As Kubernetes has it, except that image pulls and leases are quicker. */
export const defaultTiming: KubeletTiming = {
  lease: 2000,
  report: 60_000,
  crashBackOff: { first: 10_000, last: 300_000 },
  imageBackOff: { first: 2000, last: 60_000 },
  mountBackOff: { first: 500, last: 30_000 },
  retry: 5000,
  unreachable: 3000,
  second: 1000,
};

/** What all parts of one kubelet share. */
export type KubeletContext = {
  readonly node: NodeSpec;
  readonly api: Api;
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly issueToken: Identity["issueToken"];
  readonly timing: KubeletTiming;
  readonly folders: NodeFolders;
  readonly power: () => NodePower;
  /** Whether its disk is full, so that pods are turned away. */
  readonly isDiskFull: () => boolean;
};

/** "cut": its processes run on, but it reaches no API server; "frozen": they stand still; "lost": there are none. */
export type NodePower = "on" | "cut" | "frozen" | "lost";

/** Where a node keeps its files on this machine; inside `root` paths are as on a real node. */
export type NodeFolders = {
  /** What hostPath volumes see as "/". */
  readonly root: string;
  /** `/var/lib/kubelet/pods` */
  readonly pods: string;
  /** `/var/log/pods` */
  readonly logs: string;
  /** Of claims, the same for all nodes; undefined where the cluster has no place for them. */
  readonly volumes: string | undefined;
  /** For volumes in memory; undefined where the machine has no such place. */
  readonly memory: string | undefined;
};
