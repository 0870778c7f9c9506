import type { Cluster } from "../../core/cluster/cluster.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import type { PodView } from "../../core/kubernetes/pod-view.ts";
import { limits } from "./limits.ts";
import { readLog } from "./read-log.ts";

/** What the cluster says of a pod that did not do as it should, as lines of text; never throws, because it explains a failure. */
export async function readEvidence(
  cluster: Cluster,
  namespace: string,
  { name, pod }: { readonly name: string; readonly pod: PodView | undefined },
): Promise<string> {
  const [events, log] = await Promise.all([
    readEvents(cluster, namespace, name),
    pod?.containers.some(({ state }) => state !== "waiting") ? readLastLog(cluster, namespace, name) : [],
  ]);
  return [...(pod === undefined ? [`pod ${name}: the API server has shown nothing of it`] : describePod(pod)), ...events, ...log].join("\n");
}

/** Phase, conditions that are not met, and container states. */
export function describePod(pod: PodView): readonly string[] {
  const explain = (reason: string | undefined, message: string | undefined): string => [reason, message].filter(Boolean).join(": ");
  return [
    `pod ${pod.name} on ${pod.nodeName ?? "no node yet"}: ${[pod.phase, explain(pod.reason, pod.message)].filter(Boolean).join(" ")}`,
    ...pod.conditions
      .filter(({ status }) => status !== "True")
      .map(({ type, status, reason, message }) => `  condition ${type}=${status} ${explain(reason, message)}`.trimEnd()),
    ...[...pod.initContainers, ...pod.containers].map((container) =>
      `  container ${container.name}: ${container.state}${container.exitCode === undefined ? "" : ` with exit code ${container.exitCode}`} ${explain(container.reason, container.message)}`.trimEnd(),
    ),
  ];
}

async function readEvents(cluster: Cluster, namespace: string, name: string): Promise<readonly string[]> {
  try {
    const query = {
      apiVersion: "v1",
      kind: "Event",
      namespace,
      fieldSelector: `involvedObject.name=${name}`,
      signal: AbortSignal.timeout(limits.evidence * 1000),
    };
    const events: JsonObject[] = [];
    for await (const page of cluster.list(query)) events.push(...page);
    return describeEvents(events);
  } catch (error) {
    return [`  events could not be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** The last five events, oldest first. */
export const describeEvents = (events: readonly JsonObject[]): readonly string[] =>
  events
    .toSorted((one, other) => readTime(one).localeCompare(readTime(other)))
    .slice(-5)
    .map((event) => `  event ${text(event["type"])} ${text(event["reason"])}: ${text(event["message"])}`);

/** Events say when in one of four fields, depending on who wrote them; all are ISO 8601 in UTC. */
const readTime = (event: JsonObject): string =>
  text(field(event, "series", "lastObservedTime")) || text(event["lastTimestamp"]) || text(event["eventTime"]) || text(event["firstTimestamp"]);

async function readLastLog(cluster: Cluster, namespace: string, name: string): Promise<readonly string[]> {
  try {
    const log = (await readLog(cluster, { namespace, pod: name, query: { tailLines: "20" }, signal: AbortSignal.timeout(limits.evidence * 1000) })).trim();
    return log === "" ? ["  its log is empty"] : log.split("\n").map((line) => `  log: ${line}`);
  } catch (error) {
    return [`  its log could not be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}
