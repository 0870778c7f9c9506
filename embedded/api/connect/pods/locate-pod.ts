import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { NodeAgent, NodeAgents } from "../../../nodes/node-agent.ts";
import { typeOf } from "../../../objects/object-key.ts";
import type { ConnectTarget } from "../../http/exchange.ts";
import type { Api } from "../../registry/api.ts";
import { badRequest, failure, notFound } from "../../status-error.ts";
import { nodeNameOf } from "../../../objects/pod-state.ts";

type Cluster = { readonly api: Api; readonly agents: NodeAgents };

/** A pod that a node was given to, and who answers for that node. */
export type PlacedPod = { readonly pod: KubernetesObject; readonly agent: NodeAgent };

/** The pod of a request and its node's agent; throws StatusError where there is no such pod, or no node for it. */
export function locatePod(target: ConnectTarget, cluster: Cluster): PlacedPod {
  const pod = cluster.api.get(target);
  return { pod, agent: agentOf(pod, cluster) };
}

/** The same with the container that `?container=` names, or the only one. */
export function locateContainer(target: ConnectTarget, cluster: Cluster & { readonly query: URLSearchParams }): PlacedPod & { readonly container: string } {
  const pod = cluster.api.get(target);
  const container = chooseContainer(pod, cluster.query.get("container") ?? "");
  return { pod, container, agent: agentOf(pod, cluster) };
}

/** A container's name as it was asked for, which must be one of the pod's; the only container when nothing was asked for. Messages are the API server's. */
export function chooseContainer(pod: KubernetesObject, asked: string): string {
  const names = ["initContainers", "containers", "ephemeralContainers"].flatMap((key) => list(field(pod, "spec", key))).map((one) => text(field(one, "name")));
  const { name } = pod.metadata;
  if (asked !== "") {
    if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`);
    return asked;
  }
  const containers = list(field(pod, "spec", "containers"));
  if (containers.length === 1) return text(field(containers[0], "name"));
  throw badRequest(`a container name must be specified for pod ${name}${containers.length === 0 ? "" : `, choose one of: [${names.join(" ")}]`}`);
}

/** Where a pod's kubelet listens, for messages. */
export function kubeletAddress(api: Api, nodeName: string): string {
  const node = api.find({ type: typeOf(api, "v1", "Node"), namespace: "", name: nodeName });
  const internal = list(field(node, "status", "addresses")).find((address) => field(address, "type") === "InternalIP");
  return `${text(field(internal, "address")) || nodeName}:10250`;
}

function agentOf(pod: KubernetesObject, { api, agents }: Cluster): NodeAgent {
  const nodeName = nodeNameOf(pod);
  if (nodeName === "") throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const agent = agents.agentOf(nodeName);
  if (agent !== undefined) return agent;
  const type = typeOf(api, "v1", "Node");
  if (api.find({ type, namespace: "", name: nodeName }) === undefined) throw notFound(type, nodeName);
  throw failure(`error dialing backend: dial tcp ${kubeletAddress(api, nodeName)}: connect: no route to host`);
}
