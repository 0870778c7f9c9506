import type { Duplex } from "node:stream";
import type { RunningCommand } from "./node-agent.ts";

/** What a kubelet asks to be run: everything resolved, nothing left to look up. */
export type ContainerSpec = {
  /** Of the pod, for names of folders. */
  readonly podUid: string;
  readonly name: string;
  readonly image: string;
  /** Argv, with the image's entry point applied: never empty. */
  readonly command: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly workingDir?: string;
  readonly mounts: readonly Mount[];
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly fsGroup?: number;
  readonly hostname: string;
  readonly nodeName: string;
};

/** A folder or file of this machine, at a path of the container. */
export type Mount = { readonly source: string; readonly target: string; readonly readOnly: boolean };

/** A process of a container that was started. */
export type RunningContainer = {
  readonly id: string;
  /** Resolves when it has ended and its output is written down; `signal` is set if one ended it. */
  readonly ended: Promise<{ readonly exitCode: number; readonly signal?: number; readonly finishedAt: Date }>;
  /** Sends a signal to the container's first process; one that has ended needs none. */
  kill(signal: NodeJS.Signals): void;
  exec(options: { readonly command: readonly string[]; readonly signal: AbortSignal }): Promise<RunningCommand>;
  /** SIGSTOP and SIGCONT for all of its processes. */
  freeze(): void;
  thaw(): void;
};

/** One image that can be run: our own, or a shell's. Anything else can't be pulled. */
export type Image = {
  readonly name: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: number;
  readonly workingDir: string;
  readonly env: { readonly [name: string]: string };
};

/** The node's container engine and network: real processes on this machine. */
export type ContainerRuntime = {
  /** Undefined when nothing here can run it. */
  findImage(name: string): Image | undefined;
  /** Why an image that could be run elsewhere can't be here; undefined for any other. */
  explainMissing?(name: string): string | undefined;
  /** Makes what the pod's containers share: its address in the pod network, its loopback where the system has namespaces. */
  openPod(pod: {
    readonly uid: string;
    readonly namespace: string;
    readonly name: string;
    readonly nodeName: string;
    readonly hostNetwork: boolean;
  }): Promise<PodSandbox>;
};

export type PodSandbox = {
  /** In the pod network: "10.244.1.5". */
  readonly address: string;
  /** Rejects when the process can't even be started (code ENOENT: no such program). Output goes to `log`, a file in CRI format ("time stream F text"). */
  start(spec: ContainerSpec, logFile: string): Promise<RunningContainer>;
  dial(port: number): Promise<Duplex>;
  close(): Promise<void>;
};
