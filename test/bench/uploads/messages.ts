/** What a server process of the bench is told at its start; `jwks` are the keys that tokens are signed with. */
export type ServerSettings = { readonly folder: string; readonly cert: string; readonly key: string; readonly nodes: number; readonly jwks: object };

/** CPU in seconds since the process began, peak of resident memory in MB, and, of asdic's, the CPU it takes to say where the run stands. */
export type Usage = { readonly cpu: number; readonly peak: number; readonly statusMilliseconds: number };

/** What a process that sends is told: one upload for each token, with `bytes` of content. */
export type Sending = {
  readonly port: number;
  readonly ca: string;
  readonly tokens: readonly { readonly node: string; readonly token: string }[];
  readonly bytes: number;
  /** Of packed ones and .tar.gz `bytes` is about what is sent: one log that is more than twice as large. */
  readonly kind: "raw" | "packed" | "tar.gz";
  /** Uploads at once. */
  readonly atOnce: number;
  /** As workers do it: each node has a connection of its own, over which it asks once before it sends. */
  readonly isEachItsOwn?: boolean;
  /** Bytes a second; undefined: as fast as it goes. */
  readonly pace?: number;
};
export type LoadReport = { readonly seconds: number; readonly failures: readonly string[] };

export const plugin = "logs";
