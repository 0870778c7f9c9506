import type { JsonObject } from "../../core/contract/json.ts";
import { isTroubleOfNode } from "../../core/kubernetes/node-view.ts";
import type { Sight } from "./cause.ts";
import { containersOf } from "./cause.ts";

/** Characters of one message, and how many events: what a person reads, times the nodes of a cluster, must fit a tarball and a page. */
const longestMessage = 1500;
const shownEvents = 6;

/** The facts behind a diagnosis as they stood: conditions, container states with their last log lines, node, latest events, the server's words. */
export const gatherEvidence = ({ pod, podGone, node, nodeGone, events, refusal, delivery, unreached }: Sight): JsonObject => ({
  ...(pod && {
    pod: pod.name,
    phase: pod.phase,
    ...(pod.reason !== undefined && { reason: pod.reason }),
    ...(podGone ? { deleted: "gone" } : pod.deleting ? { deleted: "being deleted" } : {}),
    ...(pod.nodeName !== undefined && { node: pod.nodeName }),
    conditions: pod.conditions.filter(isTelling).map(({ message, ...condition }) => ({ ...condition, message: cut(message) })),
    containers: containersOf(pod).map(({ name, image, state, reason, message, exitCode, restarts, last }) => ({
      name,
      image,
      state,
      ...(reason !== "" && { reason }),
      ...(exitCode !== undefined && { exitCode }),
      ...(restarts > 0 && { restarts }),
      ...(message !== "" && { message: cut(message) }),
      ...(last && { last: { exitCode: last.exitCode, reason: last.reason, message: cut(last.message) } }),
    })),
  }),
  ...(nodeGone && { nodeGone }),
  ...(node && {
    nodeReady: node.ready,
    ...(node.cordoned && { nodeCordoned: true }),
    ...(node.taints.length > 0 && { nodeTaints: node.taints.map(({ key, value, effect }) => `${key}${value === "" ? "" : `=${value}`}:${effect}`) }),
    nodeConditions: node.conditions.filter(isTroubleOfNode).map(({ message, ...condition }) => ({ ...condition, message: cut(message) })),
  }),
  ...(events.length > 0 && {
    events: events.slice(-shownEvents).map(({ at, reason, source, count, message }) => ({ at, reason, source, count, message: cut(message) })),
  }),
  ...(refusal && { refusal: { status: refusal.status, reason: refusal.reason, message: cut(refusal.message) } }),
  ...(unreached !== undefined && { unreached: cut(unreached) }),
  ...(delivery && { delivery: { ...delivery, message: cut(delivery.message) } }),
});

/** Conditions of a pod say what holds, but for the one that says that it is being ended; that it is not ready says what its containers do better. */
const isTelling = ({ type, status }: { readonly type: string; readonly status: string }): boolean =>
  type === "DisruptionTarget" ? status === "True" : status !== "True" && !["Ready", "ContainersReady", "PodReadyToStartContainers"].includes(type);

/** The end of a log says what went wrong, and of a sentence its beginning; a long log keeps both. */
const cut = (text: string): string =>
  text.length <= longestMessage ? text : `${text.slice(0, longestMessage / 3).toWellFormed()} … ${text.slice((-longestMessage * 2) / 3).toWellFormed()}`;
