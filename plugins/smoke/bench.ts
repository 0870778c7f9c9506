import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import type { PodView } from "../../core/kubernetes/pod-view.ts";
import { readEvidence } from "./evidence.ts";
import { limits, smokePorts } from "./limits.ts";
import { buildClientPod, buildServerPod, buildService, smokeNames, smokeSelector, smokeToken } from "./objects.ts";
import type { SmokeNames } from "./objects.ts";
import type { Placement } from "./placement.ts";
import { planPlacement } from "./placement.ts";
import type { PodWatch } from "./pod-watch.ts";
import { WaitEnded, watchPods } from "./pod-watch.ts";
import type { ProbeReport } from "./probe-plan.ts";
import { parseProbeReport } from "./probe-plan.ts";
import { CaseFailed } from "./run-case.ts";
import type { SmokeSettings } from "./settings.ts";

/** The two pods and the Service that all cases look at, on their way; each promise rejects with CaseFailed or a KnownError. */
export type Bench = {
  readonly cluster: Cluster;
  readonly settings: SmokeSettings;
  readonly names: SmokeNames;
  readonly signal: AbortSignal;
  readonly placement: Promise<Placement>;
  /** The pod whose container runs or has run. */
  readonly serverStarted: Promise<PodView>;
  readonly clientStarted: Promise<PodView>;
  /** Both; the server alone where the Service could not be made, without which the client has nothing to do. */
  readonly podsStarted: Promise<readonly PodView[]>;
  /** The Service's address. */
  readonly service: Promise<string>;
  /** What the client found out; waited for from its start on. */
  readonly report: Promise<ProbeReport>;
};

/** Creates pods and Service at the same time and watches them; returns at once. */
export function openBench(cluster: Cluster, settings: SmokeSettings, signal: AbortSignal): Bench {
  const names = smokeNames(settings);
  const pods = watchPods(cluster, { namespace: settings.namespace, labelSelector: smokeSelector(settings) }, signal);
  const placement = findPlacement(cluster, signal);
  const service = cluster.create(buildService(settings), { signal }).then(readServiceAddress);
  const serverStarted = placement.then(async (place) => {
    await cluster.create(buildServerPod(settings, requireNode(place).server), { signal });
    return awaitStart({ cluster, settings, pods, name: names.server });
  });
  const clientStarted = Promise.all([placement, service]).then(async ([place, address]) => {
    await cluster.create(buildClientPod(settings, requireNode(place).client, buildPlan(settings, address)), { signal });
    return awaitStart({ cluster, settings, pods, name: names.client });
  });
  const podsStarted = service.then(
    () => Promise.all([serverStarted, clientStarted]),
    async () => [await serverStarted],
  );
  const report = clientStarted.then(() => awaitReport({ cluster, settings, pods, name: names.client }));
  const parts = { placement, service, serverStarted, clientStarted, podsStarted, report };
  // Every case looks at its own parts; what nobody looked at must not end the process.
  for (const part of Object.values(parts)) part.catch(() => undefined);
  return { cluster, settings, names, signal, ...parts };
}

/** Reads no more of a large cluster than it takes to find two nodes. */
async function findPlacement(cluster: Cluster, signal: AbortSignal): Promise<Placement> {
  const nodes: KubernetesObject[] = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Node", signal })) {
    nodes.push(...page);
    const placement = planPlacement(nodes);
    if (placement.kind === "two-nodes") return placement;
  }
  return planPlacement(nodes);
}

function requireNode(placement: Placement): Exclude<Placement, { kind: "no-node" }> {
  if (placement.kind !== "no-node") return placement;
  throw new CaseFailed("no node takes a plain pod: none is Ready, Linux, schedulable and free of taints", placement.reasons.join("\n"));
}

function readServiceAddress(service: KubernetesObject): string {
  const address = text(field(service, "spec", "clusterIP"));
  if (address === "") throw new CaseFailed("the Service was given no address", JSON.stringify(service["spec"]));
  return address;
}

const buildPlan = (settings: SmokeSettings, address: string) => ({
  names: [{ name: "kubernetes.default.svc" }, { name: `${smokeNames(settings).service}.${settings.namespace}.svc`, address }],
  url: `http://${address.includes(":") ? `[${address}]` : address}:${smokePorts.service}/`,
  token: smokeToken(settings),
  limitSeconds: limits.probe,
});

type Watched = { readonly cluster: Cluster; readonly settings: SmokeSettings; readonly pods: PodWatch; readonly name: string };

async function awaitStart(watched: Watched): Promise<PodView> {
  const hasStarted = (pod: PodView): boolean => hasEnded(pod) || pod.containers.some(({ name, state }) => isOurs(name) && state === "running");
  const pod = await explain(
    watched,
    "did not start",
    watched.pods.until(watched.name, (seen) => (hasStarted(seen) ? seen : undefined), limits.start),
  );
  if (!hasFailed(pod)) return pod;
  throw new CaseFailed(`pod ${watched.name} failed as soon as it started`, await readPodEvidence(watched, pod));
}

async function awaitReport(watched: Watched): Promise<ProbeReport> {
  const ended = await explain(
    watched,
    "did not come to an end",
    watched.pods.until(watched.name, (pod) => (hasEnded(pod) ? pod : undefined), limits.probe + endingSeconds),
  );
  const report = parseProbeReport(ended.containers.find(({ name }) => name === "client")?.message ?? "");
  if (report !== undefined) return report;
  throw new CaseFailed(`pod ${watched.name} ended without a report`, await readPodEvidence(watched, ended));
}

/** What the kubelet may take to tell that a container has ended. */
const endingSeconds = 10;

async function explain<T>(watched: Watched, what: string, waiting: Promise<T>): Promise<T> {
  try {
    return await waiting;
  } catch (error) {
    if (!(error instanceof WaitEnded)) throw error;
    throw new CaseFailed(`pod ${watched.name} ${what}: ${error.message}`, await readPodEvidence(watched, watched.pods.last(watched.name)));
  }
}

const readPodEvidence = ({ cluster, settings, name }: Watched, pod: PodView | undefined): Promise<string> =>
  readEvidence(cluster, settings.namespace, { name, pod });

/** By its own container, because a mesh's sidecar may live on. */
const hasEnded = (pod: PodView): boolean =>
  pod.phase === "Failed" || pod.phase === "Succeeded" || pod.containers.some(({ name, state }) => isOurs(name) && state === "terminated");

const hasFailed = (pod: PodView): boolean =>
  pod.phase === "Failed" || pod.containers.some(({ name, exitCode }) => isOurs(name) && exitCode !== undefined && exitCode !== 0);

const isOurs = (container: string): boolean => container === "server" || container === "client";
