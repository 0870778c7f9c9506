import type { Cluster, FetchAnswer } from "../core/cluster/cluster.ts";
import { isJsonObject } from "../core/contract/json.ts";
import { containerNames, objectNames, ports } from "../core/contract/names.ts";
import { fetchOverStream } from "./fetch-over-stream.ts";

/** One request to the aggregator in a pod. */
export type WayRequest = {
  readonly namespace: string;
  readonly pod: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/** A way from here to the aggregator; its answer may be that of somebody in between, and it throws KnownErrors when there is none. */
export type Way = { readonly name: "proxy" | "port-forward" | "exec"; readonly fetch: (cluster: Cluster, request: WayRequest) => Promise<FetchAnswer> };

/** All of them, the best first: through the API server's proxy, which costs nothing, over a forwarded port, and by a command in the aggregator's container. */
export const ways: readonly Way[] = [
  {
    name: "proxy",
    fetch: (cluster, { namespace, pod, path, headers, signal }) =>
      cluster.fetch({ path: `/api/v1/namespaces/${namespace}/pods/https:${pod}:${ports.aggregator}/proxy${path}`, headers, signal }),
  },
  {
    name: "port-forward",
    async fetch(cluster, request) {
      const { namespace, pod, signal } = request;
      const ca = await readCa(cluster, namespace, signal);
      return fetchOverStream(await cluster.openForward({ namespace, pod, port: ports.aggregator, signal }), { ...request, ca });
    },
  },
  {
    name: "exec",
    async fetch(cluster, request) {
      const { namespace, pod, signal } = request;
      const ca = await readCa(cluster, namespace, signal);
      const command = ["/nodejs/bin/node", "--max-old-space-size=24", "/asdic/aggregator/relay.js"];
      return fetchOverStream(await cluster.openExec({ namespace, pod, container: containerNames.aggregator, command, signal }), { ...request, ca });
    },
  },
];

/** The run's own CA, as PEM; undefined where it may not be read. */
async function readCa(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<string | undefined> {
  const secret = await cluster.find({ apiVersion: "v1", kind: "Secret", namespace, name: objectNames.tlsSecret }, signal).catch(() => undefined);
  const encoded = isJsonObject(secret?.["data"]) ? secret["data"]["ca.crt"] : undefined;
  return typeof encoded === "string" && encoded !== "" ? Buffer.from(encoded, "base64").toString("utf8") : undefined;
}
