import { NodeUnreachable } from "../../../nodes/node-agent.ts";
import type { ConnectTarget, Exchange } from "../../http/exchange.ts";
import { unavailable } from "../../status-error.ts";
import { kubeletAddress } from "../pods/locate-pod.ts";
import { parseProxyName } from "./proxy-name.ts";

/** What a node's kubelet serves at a path. */
export async function answerNodeProxy(target: ConnectTarget, { request, response, agents, api }: Exchange): Promise<void> {
  const { name } = parseProxyName(target.name, "node");
  const agent = agents.agentOf(name);
  if (agent === undefined) throw unavailable(`error trying to reach service: dial tcp ${kubeletAddress(api, name)}: connect: no route to host`);
  if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405, { "content-type": "text/plain" }).end("Method Not Allowed\n");
  const { status, contentType, body } = await agent.fetch(target.rest).catch((error: unknown) => {
    throw error instanceof NodeUnreachable ? unavailable(`error trying to reach service: ${error.message}`) : error;
  });
  response.writeHead(status, { "content-type": contentType, "x-content-type-options": "nosniff", "content-length": Buffer.byteLength(body) });
  response.end(body);
}
