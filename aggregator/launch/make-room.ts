import { startsAfter } from "../../core/contract/plugin-needs.ts";
import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import { globalNode } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { field, list } from "../../core/kubernetes/field.ts";
import type { ExpectedResult } from "../state/expected-results.ts";

/** The plugins whose pods would be in the way of one that starts after their end, because both want the same port of a node. */
export function findPortConflicts(definitions: readonly PluginDefinition[]): ReadonlySet<string> {
  const ports = new Map(definitions.map((definition) => [definition, hostPorts(definition)]));
  const shares = (one: PluginDefinition, other: PluginDefinition): boolean => [...(ports.get(one) ?? [])].some((port) => ports.get(other)?.has(port));
  return new Set(
    definitions.filter((earlier) => definitions.some((later) => startsAfter(later, earlier, definitions) && shares(earlier, later))).map(({ name }) => name),
  );
}

/** Whether a result waits for room at all. */
export const isInNeedOfRoom = ({ problem }: ExpectedResult): boolean => problem?.code === "quota-exceeded" || problem?.code === "unschedulable";

/** Whether a result waits for room that pods of this one take: a node's, or the namespace's quota. */
export function isInTheWay(held: ExpectedResult, waiting: ExpectedResult): boolean {
  if (waiting.problem?.code === "quota-exceeded") return true;
  if (waiting.problem?.code !== "unschedulable") return false;
  // The pod of a Job may be on any node.
  return waiting.node === globalNode || held.node === globalNode || held.node === waiting.node;
}

/** Protocol and number of every port that a plugin's pod takes on its node, as far as its file says. */
function hostPorts(definition: PluginDefinition): ReadonlySet<string> {
  const base = definition.podSpec ?? defaultPodSpec(definition);
  const isOnHost = base["hostNetwork"] === true;
  return new Set(
    [...list(base["containers"]), definition.container]
      .flatMap((container) => list(field(container, "ports")))
      .map((port) => [field(port, "protocol") ?? "TCP", field(port, "hostPort") ?? (isOnHost ? field(port, "containerPort") : undefined)])
      .filter(([, number]) => typeof number === "number")
      .map((port) => port.join(" ")),
  );
}
