import { pipeline } from "node:stream/promises";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { NodeUnreachable } from "../../../nodes/node-agent.ts";
import type { ConnectTarget, Exchange } from "../../http/exchange.ts";
import { badRequest, failure } from "../../status-error.ts";
import { findContainerStatus } from "./container-status.ts";
import { chooseContainer, kubeletAddress, locatePod } from "./locate-pod.ts";
import { parseLogQuery } from "./log-query.ts";
import { nodeNameOf } from "../../../objects/pod-state.ts";

/** Streams a container's log as plain text; with `follow` until the container ends or the client goes. */
export async function answerLog(target: ConnectTarget, exchange: Exchange): Promise<void> {
  const { api, query, response, signal } = exchange;
  const options = parseLogQuery(query, target.name);
  const pod = api.get(target);
  const container = chooseContainer(pod, query.get("container") ?? "");
  const nodeName = nodeNameOf(pod);
  // So says the real one of a pod that waits for a node.
  if (nodeName === "") return void response.writeHead(204).end();
  const { agent } = locatePod(target, exchange);
  refuseLog(pod, container, options.previous);
  const log = await agent.readLog(pod, { ...options, container, signal }).catch((error: unknown) => {
    if (!(error instanceof NodeUnreachable)) throw error;
    throw failure(`Get "https://${kubeletAddress(api, nodeName)}/containerLogs/${target.namespace}/${target.name}/${container}": ${error.message}`);
  });
  log.on("error", () => undefined);
  if (signal.aborted) return void log.destroy();
  response.writeHead(200, { "content-type": "text/plain" });
  response.flushHeaders();
  // A log that breaks off leaves an answer that breaks off.
  await pipeline(log, response).catch(() => response.destroy());
}

/** Throws what the kubelet says of a container that has no log yet. Source: kubelet_pods.go, validateContainerLogStatus. */
function refuseLog(pod: KubernetesObject, container: string, previous: boolean): void {
  const subject = `container ${JSON.stringify(container)} in pod ${JSON.stringify(pod.metadata.name)}`;
  const status = findContainerStatus(pod, container);
  if (status === undefined) throw badRequest(`${subject} is not available`);
  const hasLast = field(status, "lastState", "terminated") !== undefined;
  if (previous) {
    if (!hasLast) throw badRequest(`previous terminated ${subject} not found`);
    return;
  }
  if (field(status, "state", "running") !== undefined || field(status, "state", "terminated") !== undefined || hasLast) return;
  if (field(status, "state", "waiting") === undefined) throw badRequest(`${subject} is waiting to start - no logs yet`);
  throw badRequest(`${subject} is waiting to start: ${renderReason(text(field(status, "state", "waiting", "reason")))}`);
}

function renderReason(reason: string): string {
  if (reason === "ErrImagePull") return "image can't be pulled";
  return reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason;
}
