import type { IncomingHttpHeaders } from "node:http";
import type { Duplex, Readable } from "node:stream";
import type { JsonObject } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";

/**
 * An API server and what can be done there, in raw JSON. Every verb throws KnownErrors (cluster-unreachable, cluster-refused,
 * credentials-expired, not-found, conflict; `clusterFailure` has the server's words) and, once its signal aborts, the signal's reason.
 */
export type Cluster = {
  /** Base address, without a slash at the end. */
  readonly server: string;
  /** The context's namespace, or the pod's own. */
  readonly namespace: string | undefined;
  get(ref: ObjectRef, signal?: AbortSignal): Promise<KubernetesObject>;
  /** Undefined when there is no such object. */
  find(ref: ObjectRef, signal?: AbortSignal): Promise<KubernetesObject | undefined>;
  /** Pages of at most 500 objects of one moment; throws a conflict when that moment is forgotten before the last page. */
  list(query: ListQuery): AsyncGenerator<readonly KubernetesObject[]>;
  /**
   * First all there is as `set`, then `synced` once, then each change, for ever, through interruptions of any length.
   * Ends by throwing: the signal's reason, or a KnownError when the server refuses for good (401, 403, 400, 404).
   */
  watch(query: WatchQuery): AsyncGenerator<WatchEvent>;
  create(object: KubernetesObject, options?: { readonly dryRun?: boolean; readonly signal?: AbortSignal }): Promise<KubernetesObject>;
  /** Server-side apply as field manager asdic; takes fields from other managers. */
  apply(object: KubernetesObject, signal?: AbortSignal): Promise<KubernetesObject>;
  /** JSON merge patch. */
  patch(ref: ObjectRef, patch: JsonObject, options?: { readonly subresource?: string; readonly signal?: AbortSignal }): Promise<KubernetesObject>;
  /** Conflicts when the object's resourceVersion is not the current one. */
  replace(object: KubernetesObject, signal?: AbortSignal): Promise<KubernetesObject>;
  /** False when it was not there, or is another object than the one with `uid`. */
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<boolean>;
  /** The answer as it comes, whatever its status; its body ends with a KnownError when the connection breaks. */
  fetch(request: FetchRequest): Promise<FetchAnswer>;
  /** The same of a kubelet at its own port, told to nobody else: see fetch-kubelet.ts, as for what it throws. */
  fetchKubelet(place: KubeletPlace, request: FetchRequest): Promise<FetchAnswer>;
  /** Whether a kubelet can be asked as who asks here. */
  canShowItself(): Promise<boolean>;
  /** Runs a command in a container; output over 16 MiB is an error. */
  exec(request: ExecRequest): Promise<ExecResult>;
  /** The same with the command's input and output as a stream, which ends with the command and fails when it does; a connection that breaks is an end. */
  openExec(request: ExecRequest): Promise<Duplex>;
  /** A connection to a port of a pod, as from inside the pod. */
  openForward(request: ForwardRequest): Promise<Duplex>;
};

export type ObjectRef = { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace?: string };

/** Without a namespace: the objects of all of them. */
type Selection = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly signal?: AbortSignal;
};

/** `reduce` takes from an object what nobody will read, because a watch keeps the last state of each; names, uid and resourceVersion must stay. */
export type WatchQuery = Selection & { readonly reduce?: (object: KubernetesObject) => KubernetesObject };

/** `limit` is objects a page. */
export type ListQuery = Selection & { readonly limit?: number };

/** `gone` carries the object as it was last seen. */
export type WatchEvent = { readonly type: "set" | "gone"; readonly object: KubernetesObject } | { readonly type: "synced" };

export type DeleteOptions = {
  readonly gracePeriodSeconds?: number;
  readonly propagation?: "Background" | "Foreground" | "Orphan";
  readonly uid?: string;
  readonly signal?: AbortSignal;
};

/** `idleSeconds`: how long nothing may come before the connection counts as broken, 60 where not said. */
export type FetchRequest = {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly idleSeconds?: number;
  readonly signal?: AbortSignal;
};

export type FetchAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Readable };

/** Address, port and name of a node's kubelet, and a token to show it where that is not to be one's own. */
export type KubeletPlace = { readonly host: string; readonly port: number; readonly name: string; readonly token?: string | undefined };

export type ExecRequest = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly signal?: AbortSignal;
};

export type ForwardRequest = { readonly namespace: string; readonly pod: string; readonly port: number; readonly signal?: AbortSignal };

export type ExecResult = { readonly stdout: string; readonly stderr: string; readonly exitCode: number };
