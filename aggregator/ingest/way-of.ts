import type { IncomingMessage } from "node:http";
import type { Way } from "../../core/contract/run-status.ts";
import { tunnelHost } from "../../core/contract/worker-wire.ts";

/** Tells by which of the aggregator's addresses a worker's request came; the worker's own word, of which nothing but a note depends. */
export const wayOf = ({ headers }: Pick<IncomingMessage, "headers">, podIps: readonly string[]): Way => {
  const host = (headers.host ?? "").replace(/:\d+$/, "").replaceAll(/[[\]]/g, "");
  if (host === tunnelHost) return "exec";
  return podIps.includes(host) ? "pod-ip" : "service";
};
