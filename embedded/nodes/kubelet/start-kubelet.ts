import type { Identity } from "../../api/identity/identity.ts";
import type { Api } from "../../api/registry/api.ts";
import type { Clock } from "../../clock.ts";
import type { ContainerRuntime } from "../container.ts";
import type { NodeAgent } from "../node-agent.ts";
import { createAgent } from "./agent/create-agent.ts";
import type { KubeletFaults } from "./create-faults.ts";
import { createFaults } from "./create-faults.ts";
import type { KubeletContext, KubeletTiming, NodeSpec } from "./kubelet-context.ts";
import { defaultTiming } from "./kubelet-context.ts";
import { makeFolders } from "./node/make-folders.ts";
import { watchPods } from "./pods/run-pods.ts";
import { createPower } from "./power.ts";
import { removeTree } from "./remove-tree.ts";

export type KubeletOptions = {
  readonly node: NodeSpec;
  readonly api: Api;
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly issueToken: Identity["issueToken"];
  /** Of the cluster, as it lies on each node under /etc/kubernetes/pki. */
  readonly caPem: string;
  /** Of this node alone; made if missing, removed at the end. */
  readonly folder: string;
  /** Where all nodes find the volumes of claims. */
  readonly volumes?: string;
  /** Ends it as `close` does. */
  readonly signal: AbortSignal;
  /** Waits that differ from the usual ones. */
  readonly timing?: Partial<KubeletTiming>;
};

/** One node of the cluster: what the API server asks of it, and what can be done to it. */
export type Kubelet = {
  readonly agent: NodeAgent;
  readonly faults: KubeletFaults;
  /** Resolves when all of the node's processes and files are gone. */
  close(): Promise<void>;
};

/** Registers a node and runs the pods that are given to it, until it is closed. Throws StatusError if the Node is refused. */
export function startKubelet({ caPem, folder, volumes, signal, timing, ...options }: KubeletOptions): Kubelet {
  const end = new AbortController();
  const ended = AbortSignal.any([signal, end.signal]);
  const folders = { ...makeFolders(folder, options.node, caPem), volumes };
  let isDiskFull = false;
  const power = createPower();
  const context: KubeletContext = {
    ...options,
    timing: { ...defaultTiming, ...timing },
    folders,
    power: power.state,
    isDiskFull: () => isDiskFull,
  };
  const pods = watchPods(context, ended);
  const setDiskFull = (isFull: boolean): void => {
    isDiskFull = isFull;
  };
  const faults = createFaults({ context, pods, power, setDiskFull, signal: ended });
  faults.boot();
  const agent = createAgent({ context, handles: () => pods.workers().map(({ handle }) => handle), startTime: options.clock.now(), signal: ended });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    end.abort();
    closing ??= pods.idle().then(async () => {
      for (const path of [folder, folders.memory]) if (path !== undefined) await removeTree(path);
    });
    return closing;
  };
  // A folder that can't be removed must not end the process; whoever calls close learns of it.
  ended.addEventListener("abort", () => void close().catch(() => undefined), { once: true });
  return { agent, faults: faults.verbs, close };
}
