import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations, globalNode, labels } from "../../core/contract/names.ts";
import { field, list, text } from "../../core/kubernetes/field.ts";
import { parsePodView, type ContainerView, type PodView } from "../../core/kubernetes/pod-view.ts";

/** A container of the run whose log can be read. */
export type LogSource = {
  /** Of this pod's container and no other's, also after a pod of the same name. */
  readonly key: string;
  readonly namespace: string;
  readonly pod: string;
  /** A plugin's name, or "aggregator". */
  readonly plugin: string;
  /** The node whose result the pod is there for; undefined for the aggregator and Job plugins, which may be anywhere. */
  readonly node: string | undefined;
  /** Where the pod is. */
  readonly nodeName: string | undefined;
  readonly container: string;
};

/** What can be read of a container now. `run` counts its runs from 0; `isFinal`: there will be no other. */
export type LogState =
  | { readonly kind: "running" | "over"; readonly run: number; readonly hasPrevious: boolean; readonly isFinal: boolean }
  /** It has not run. `isTrouble`: and won't by itself, as far as one can see. */
  | { readonly kind: "waiting"; readonly reason: string; readonly isTrouble: boolean; readonly isFinal: boolean };

export type ContainerLog = { readonly source: LogSource; readonly state: LogState };

/** Stands for the plugin in what the aggregator says. */
export const aggregatorName = "aggregator";

/** Selects the pods of a run that asdic made, not those that its plugins make. */
export const podSelector = (runId: string): string => `${labels.run}=${runId},${labels.role} in (aggregator,plugin)`;

/** The containers of one of the run's pods in the order of its spec, init containers first. */
export function parseLogPod(pod: KubernetesObject): readonly ContainerLog[] {
  const { metadata } = pod;
  const view = parsePodView(pod);
  const isAggregator = metadata.labels?.[labels.role] === "aggregator";
  const node = metadata.annotations?.[annotations.node];
  const statuses = new Map([...view.initContainers, ...view.containers].map((status) => [status.name, status]));
  const names = ["initContainers", "containers"].flatMap((key) => list(field(pod, "spec", key)).map((container) => text(field(container, "name"))));
  return names.map((container) => ({
    source: {
      key: `${metadata.uid ?? metadata.name}/${container}`,
      namespace: metadata.namespace ?? "",
      pod: metadata.name,
      plugin: isAggregator ? aggregatorName : (metadata.labels?.[labels.plugin] ?? ""),
      node: isAggregator || node === globalNode ? undefined : (node ?? view.nodeName),
      nodeName: view.nodeName,
      container,
    },
    state: readState(view, statuses.get(container)),
  }));
}

/** What of a pod parseLogPod reads; an aggregator's annotations alone may be 256 KiB. */
export function reduceLogPod({ metadata: { annotations: all, ...metadata }, spec, status }: KubernetesObject): KubernetesObject {
  const node = all?.[annotations.node];
  const named = (key: string): readonly { readonly name: string }[] => list(field(spec, key)).map((container) => ({ name: text(field(container, "name")) }));
  return {
    metadata: { ...metadata, ...(node !== undefined && { annotations: { [annotations.node]: node } }) },
    spec: { nodeName: text(field(spec, "nodeName")), initContainers: named("initContainers"), containers: named("containers") },
    ...(status !== undefined && { status }),
  };
}

function readState(view: PodView, container: ContainerView | undefined): LogState {
  const isFinal = ["Succeeded", "Failed"].includes(view.phase);
  if (container?.ran === true)
    return { kind: container.state === "running" ? "running" : "over", run: container.restarts, hasPrevious: container.last !== undefined, isFinal };
  const unscheduled = view.conditions.find(({ type, status }) => type === "PodScheduled" && status === "False");
  const said = [container?.reason ?? "", container?.message ?? ""];
  const ofPod = unscheduled ? [unscheduled.reason, unscheduled.message] : [view.reason ?? "", view.message ?? ""];
  const [reason = "", message = ""] = said[0] === "" || isUsual(said[0]) ? (ofPod[0] === "" ? said : ofPod) : said;
  return {
    kind: "waiting",
    reason: [reason || (isFinal ? `the pod has ended (${view.phase})` : "it has not been started yet"), message].filter(Boolean).join(": "),
    isTrouble: isFinal || (reason !== "" && !isUsual(reason)),
    isFinal,
  };
}

/** What every container waits for at first. */
const isUsual = (reason: string | undefined): boolean => reason === "ContainerCreating" || reason === "PodInitializing";
