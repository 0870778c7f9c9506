import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations, labels } from "../../core/contract/names.ts";
import { runSummarySchema, type RunSummary } from "../../core/contract/run-status.ts";
import type { EventView } from "../../core/kubernetes/event-view.ts";
import { findDeploymentTrouble, findPodTrouble } from "./aggregator-trouble.ts";
import type { RunView } from "./run-view.ts";

/** Selects the aggregator's pods, Sonobuoy's labels included. */
export const aggregatorSelector = `${labels.sonobuoyComponent}=sonobuoy,${labels.sonobuoyRole}=aggregator,${labels.role}=aggregator`;

/** What the pods and the Deployment of an aggregator, and the events about its volume, say together: the newest pod's summary, or the last one of the pods before it. */
export function readView(pods: readonly KubernetesObject[], deployment: KubernetesObject | undefined, events: readonly EventView[] = []): RunView {
  const sorted = pods.toSorted((one, other) => ageOf(other).localeCompare(ageOf(one)));
  const [newest] = sorted;
  const summaries = sorted.map(parseSummary);
  const speaker = sorted[summaries.findIndex((summary) => summary !== undefined)];
  const summary = summaries.find((each) => each !== undefined);
  const trouble = newest === undefined ? deployment && findDeploymentTrouble(deployment) : findPodTrouble(newest, events);
  return { summary, trouble, ...(speaker?.metadata.deletionTimestamp !== undefined && summary?.phase !== "complete" && { isReplaced: true }) };
}

/** Newest first, pods that are going last. */
const ageOf = ({ metadata }: KubernetesObject): string => `${metadata.deletionTimestamp === undefined ? "1" : "0"}${metadata.creationTimestamp ?? ""}`;

/** The summary that an aggregator has published; undefined before its first, and for what another tool wrote there. */
function parseSummary({ metadata }: KubernetesObject): RunSummary | undefined {
  const text = metadata.annotations?.[annotations.status];
  if (text === undefined) return undefined;
  try {
    return runSummarySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
