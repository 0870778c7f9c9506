import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { makeCrowd, type CrowdSize } from "./crowd-objects.ts";

/** Serves discovery, and lists of made-up objects page by page as an API server does. All pages are made beforehand. */
export function serveCrowd(size: CrowdSize): Server {
  const lists = new Map(
    kinds.map((kind) => [
      `${rootOf(kind.group)}/${kind.plural}`,
      cutPages(
        kind,
        [...makeCrowd(kind.plural, size)].map((object) => JSON.stringify(object)),
      ),
    ]),
  );
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const isPacked = String(request.headers["accept-encoding"]).includes("gzip");
    const fact = facts[url.pathname];
    const limit = Number(url.searchParams.get("limit") ?? 500);
    const page =
      fact === undefined ? lists.get(url.pathname)?.(Number(url.searchParams.get("continue") ?? 0), limit) : { plain: Buffer.from(fact), packed: undefined };
    if (page === undefined) {
      response.writeHead(404).end("{}");
      return;
    }
    const [body, headers] = isPacked && page.packed !== undefined ? [page.packed, { "content-encoding": "gzip" }] : [page.plain, {}];
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(body);
  });
}

const kinds = [
  { group: "", plural: "namespaces", kind: "Namespace" },
  { group: "", plural: "nodes", kind: "Node" },
  { group: "", plural: "pods", kind: "Pod" },
  { group: "", plural: "events", kind: "Event" },
  { group: "coordination.k8s.io", plural: "leases", kind: "Lease" },
] as const;
const clusterWide: ReadonlySet<string> = new Set(["namespaces", "nodes"]);
const rootOf = (group: string): string => (group === "" ? "/api/v1" : `/apis/${group}/v1`);

const discovery = (groups: readonly string[]): string =>
  JSON.stringify({
    kind: "APIGroupDiscoveryList",
    apiVersion: "apidiscovery.k8s.io/v2",
    items: groups.map((group) => ({
      metadata: { name: group },
      versions: [
        {
          version: "v1",
          freshness: "Current",
          resources: kinds
            .filter((kind) => kind.group === group)
            .map(({ plural, kind }) => ({
              resource: plural,
              responseKind: { kind },
              scope: clusterWide.has(plural) ? "Cluster" : "Namespaced",
              verbs: ["list"],
            })),
        },
      ],
    })),
  });

const facts: Readonly<Record<string, string>> = {
  "/version": JSON.stringify({ major: "1", minor: "36", gitVersion: "v1.36.3" }),
  "/api": discovery([""]),
  "/apis": discovery(["coordination.k8s.io"]),
  "/readyz": "ok",
  "/livez": "ok",
  "/metrics": "up 1\n",
};

type Page = { readonly plain: Buffer; readonly packed: Buffer };
type Pages = (from: number, limit: number) => Page;

/** A page is made when it is first asked for, and kept for the next round. */
function cutPages({ kind }: (typeof kinds)[number], objects: readonly string[]): Pages {
  const pages = new Map<string, Page>();
  return (from, limit) => {
    const known = pages.get(`${from} ${limit}`);
    if (known !== undefined) return known;
    const behind = objects.length - from - limit;
    const metadata = { resourceVersion: "1000000", ...(behind > 0 && { continue: String(from + limit), remainingItemCount: behind }) };
    const plain = Buffer.from(
      `{"kind":"${kind}List","apiVersion":"v1","metadata":${JSON.stringify(metadata)},"items":[${objects.slice(from, from + limit).join(",")}]}\n`,
    );
    const page = { plain, packed: gzipSync(plain, { level: 1 }) };
    pages.set(`${from} ${limit}`, page);
    return page;
  };
}
