import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { NodeAgents } from "../../nodes/node-agent.ts";
import type { PodNetwork } from "../../nodes/pod-network.ts";
import type { Api, User } from "../registry/api.ts";
import type { ResourceType } from "../resource-type.ts";

/** One request that may be answered: who asks is known, and that they may. `signal` aborts when the client has gone, its connection has ended or the server closes. */
export type Exchange = Caller & { readonly response: ServerResponse };

/** A connection whose client asks to speak another protocol on it; nothing was written to it yet, and `head` is what was read past the request. */
export type Upgrade = Caller & { readonly socket: Duplex; readonly head: Buffer };

type Caller = {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly user: User;
  readonly api: Api;
  readonly agents: NodeAgents;
  readonly network: PodNetwork;
  readonly signal: AbortSignal;
};

/** What is beyond the API's own objects: a pod's log, a command in it, a way to what listens in it. */
export type ConnectTarget = {
  readonly type: ResourceType;
  /** Empty for nodes. */
  readonly namespace: string;
  /** For proxies as it stands in the path, decoded: "name", "name:port", "https:name:port". */
  readonly name: string;
  readonly subresource: "log" | "exec" | "attach" | "portforward" | "proxy";
  /** Behind `proxy`, as it came (still encoded): "" or "/…", without the query. */
  readonly rest: string;
};
