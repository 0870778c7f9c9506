import type { Json } from "../../../../core/contract/json.ts";
import type { NodeAgent } from "../../node-agent.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import { buildSummary } from "./build-summary.ts";
import { buildConfigz } from "./configz.ts";

export type Asked = { readonly context: KubeletContext; readonly handles: readonly PodHandle[]; readonly startTime: Date };

/** What the kubelet's own HTTP server answers, as seen through nodes/proxy. */
export function answerPath(path: string, { context, handles, startTime }: Asked): Awaited<ReturnType<NodeAgent["fetch"]>> {
  const { pathname } = new URL(path, "http://kubelet");
  switch (pathname.replace(/\/$/, "")) {
    case "/healthz":
    case "/healthz/ping":
    case "/healthz/syncloop":
      return { status: 200, contentType: "text/plain; charset=utf-8", body: "ok" };
    case "/configz":
      return json(buildConfigz());
    case "/stats/summary":
      return json(buildSummary(context, handles, startTime));
    case "/pods":
      return json({ kind: "PodList", apiVersion: "v1", metadata: {}, items: handles.map(({ pod }) => pod()) });
    default:
      return { status: 404, contentType: "text/plain; charset=utf-8", body: "404 page not found\n" };
  }
}

const json = (body: Json): Awaited<ReturnType<NodeAgent["fetch"]>> => ({ status: 200, contentType: "application/json", body: JSON.stringify(body) });
