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
