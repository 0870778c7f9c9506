import type { Duplex, Readable, Writable } from "node:stream";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";

/** What the API server asks of a node's kubelet. A node that is lost, frozen or cut answers nothing: every call then rejects with NodeUnreachable after its own limit. */
export type NodeAgent = {
  /** The container's log as the API gives it, ended by the log's end, or by `signal` when it follows. Rejects with StatusError (unknown container, not started yet: 400). */
  readLog(pod: KubernetesObject, options: LogOptions): Promise<Readable>;
  /** Starts a command in a running container; resolves when it runs. */
  exec(pod: KubernetesObject, options: ExecOptions): Promise<RunningCommand>;
  /** A connection to a port inside the pod; rejects with code ECONNREFUSED when nobody listens. */
  dial(pod: KubernetesObject, port: number): Promise<Duplex>;
  /** What the kubelet serves at a path of its own, for nodes/proxy: "/configz", "/healthz", "/stats/summary", "/pods"… */
  fetch(path: string): Promise<{ readonly status: number; readonly contentType: string; readonly body: string }>;
};

/** As in the API's query; times are RFC 3339. */
export type LogOptions = {
  readonly container: string;
  readonly previous: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly sinceSeconds?: number;
  readonly sinceTime?: string;
  readonly signal: AbortSignal;
};

export type ExecOptions = {
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly signal: AbortSignal;
};

/** `exitCode` resolves when the command has ended and its output is complete. */
export type RunningCommand = { readonly stdin: Writable; readonly stdout: Readable; readonly stderr: Readable; readonly exitCode: Promise<number> };

/** The node does not answer; the API server says 500 or 502 with this text. */
export class NodeUnreachable extends Error {
  override name = "NodeUnreachable";
}

/** The agents by node name. */
export type NodeAgents = { agentOf(nodeName: string): NodeAgent | undefined };
