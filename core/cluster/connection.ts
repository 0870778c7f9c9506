import type { OutgoingHttpHeaders } from "node:http";
import type { RequestOptions } from "node:https";

/** How to reach an API server, and as whom. */
export type Connection = {
  /** Base address, without a slash at the end. */
  readonly server: string;
  readonly namespace: string | undefined;
  readonly identity: Identity;
  /** Headers, certificates and agent for one request; renews credentials that have run out, and throws KnownErrors when that fails. */
  readonly authenticate: () => Promise<Credentials>;
  /** Told of each request as it was answered, or as it failed. */
  readonly onRequest?: ((trace: RequestTrace) => void) | undefined;
};

/** How a request went, for people to read: without headers and bodies, because secrets are in them. */
export type RequestTrace = {
  readonly method: string;
  /** With the query, but for that of a command that is run in a container. */
  readonly path: string;
  /** HTTP status, or why there is none. */
  readonly outcome: number | string;
  /** Until the head of the answer. */
  readonly milliseconds: number;
};

/** What a request needs so that it is let in. */
export type Credentials = Omit<RequestOptions, "headers"> & { readonly headers?: OutgoingHttpHeaders };

/** Who asks, for people to read. */
export type Identity = {
  /** `user "jane" (context "prod")`, `the service account of this pod`. */
  readonly label: string;
  /** What to do when the credentials are not accepted. */
  readonly loginHint: string;
  /** Host and port of the proxy on the way, if there is one. */
  readonly proxy: string | undefined;
};
