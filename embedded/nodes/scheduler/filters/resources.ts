import type { JsonObject } from "../../../../core/contract/json.ts";
import { numberAt, objectsAt } from "../../../objects/object-fields.ts";
import type { Filter } from "../filter.ts";
import { misfit } from "../filter.ts";
import { sumPodRequests } from "../pod-requests.ts";
import { stayingContainersOf } from "../../../objects/pod-state.ts";

/**
 * Requests against what the node has left; a request beyond all that it has is final.
 * Source: kube-scheduler, plugins/noderesources/fit.go.
 */
export const filterResources: Filter = (pod, { allocatable, requested, pods }) => {
  const reasons: string[] = [];
  if (BigInt(pods.length + 1) * nano > (allocatable.get("pods") ?? 0n)) reasons.push("Too many pods");
  let isFinal = false;
  for (const [name, amount] of sumPodRequests(pod)) {
    const offered = allocatable.get(name) ?? 0n;
    if (amount === 0n || amount <= offered - (requested.get(name) ?? 0n)) continue;
    reasons.push(`Insufficient ${name}`);
    isFinal ||= amount > offered;
  }
  return reasons.length === 0 ? undefined : { reasons, isFinal };
};

/** No two pods of a node listen on the same port of the node. */
export const filterPorts: Filter = (pod, { pods }) => {
  const wanted = hostPortsOf(pod);
  if (wanted.length === 0) return undefined;
  const taken = pods.flatMap(hostPortsOf);
  return wanted.some((port) => taken.some((other) => isSamePort(port, other)))
    ? misfit("node(s) didn't have free ports for the requested pod ports")
    : undefined;
};

const nano = 1_000_000_000n;

/** Of containers and of init containers that stay. */
const hostPortsOf = (pod: unknown): readonly JsonObject[] =>
  stayingContainersOf(pod)
    .flatMap((container) => objectsAt(container["ports"]))
    .filter((port) => numberAt(port["hostPort"]) > 0);

function isSamePort(left: JsonObject, right: JsonObject): boolean {
  const isAny = [left, right].some(({ hostIP }) => hostIP === undefined || hostIP === "" || hostIP === "0.0.0.0");
  return (
    left["hostPort"] === right["hostPort"] && (left["protocol"] ?? "TCP") === (right["protocol"] ?? "TCP") && (isAny || left["hostIP"] === right["hostIP"])
  );
}
