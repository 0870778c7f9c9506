import type { Socket } from "node:net";
import type { Peer } from "../control-message.ts";

/** What a process must know of its pod before its program starts. */
export type PreloadSettings = {
  /** Paths as the process sees them: the control socket, and the folder in which the network offers connections. */
  readonly control: string;
  readonly folder: string;
  readonly address: string;
  readonly hostname: string;
  /** Loopback, and listening on any address, are the kernel's, in a network namespace of the pod's own. */
  readonly isLoopbackNative: boolean;
  /** Where no mounts can be made: fixed paths of the container and where they are on this machine. */
  readonly paths?: readonly { readonly target: string; readonly source: string }[];
};

export type Incoming = { readonly listener: number; readonly path: string; readonly local: Peer; readonly remote: Peer };

/** The process's line to the network. */
export type Control = {
  ask(request: { readonly [key: string]: string | number }): Promise<Answer>;
  tell(request: { readonly [key: string]: string | number }): void;
  onIncoming(listener: (incoming: Incoming) => void): void;
  /** Node's own way to connect, unpatched: brings a socket to one that the network offers. */
  connectTo(socket: Socket, path: string): void;
};

/** What comes back for a request: an error's code, or what was asked for. */
export type Answer = {
  readonly error?: string;
  readonly path?: string;
  readonly local?: Peer;
  readonly remote?: Peer;
  readonly addresses?: readonly string[];
  readonly port?: number;
};
