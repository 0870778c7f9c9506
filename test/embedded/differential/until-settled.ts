import { setTimeout as sleep } from "node:timers/promises";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import type { Target } from "./open-target.ts";

/** Resolves when nothing in the namespace is on its way to another state any more, so that what is read next is the same on every cluster; rejects with what still moves after a minute and a half. */
export async function untilSettled(target: Target, namespace: string): Promise<void> {
  for (const deadline = Date.now() + 90_000; ; await sleep(50)) {
    const moving = await findMoving(target, namespace);
    if (moving === undefined) return;
    if (Date.now() > deadline) throw new Error(`Does not come to rest: ${moving}`);
  }
}

async function findMoving(target: Target, namespace: string): Promise<string | undefined> {
  const owner = await target.read(`/api/v1/namespaces/${namespace}`);
  if (owner === undefined) return undefined;
  if (isDeleted(owner)) return `namespace ${namespace} is being deleted`;
  const read = async (path: string): Promise<readonly unknown[]> => list(field(await target.read(path.replace("NS", namespace)), "items"));
  const kinds = [
    "/api/v1/namespaces/NS/pods",
    "/apis/apps/v1/namespaces/NS/deployments",
    "/apis/apps/v1/namespaces/NS/replicasets",
    "/apis/batch/v1/namespaces/NS/jobs",
  ];
  const others = [
    "/api/v1/namespaces/NS/serviceaccounts",
    "/api/v1/namespaces/NS/configmaps",
    "/api/v1/namespaces/NS/services",
    "/apis/discovery.k8s.io/v1/namespaces/NS/endpointslices",
  ];
  const [pods = [], deployments = [], sets = [], jobs = [], accounts = [], maps = [], services = [], slices = []] = await Promise.all(
    [...kinds, ...others].map(read),
  );
  if (!accounts.some((account) => nameOf(account) === "default") || !maps.some((map) => nameOf(map) === "kube-root-ca.crt"))
    return `${namespace} is not furnished`;
  const busyPod = pods.find((pod) => !isPodAtRest(pod));
  if (busyPod !== undefined) return `pod ${nameOf(busyPod)}: ${JSON.stringify(field(busyPod, "status"))}`;
  const busy = [...deployments, ...sets].find((set) => isDeleted(set) || !areReplicasAtRest(set));
  if (busy !== undefined) return `${nameOf(busy)}: ${JSON.stringify(field(busy, "status"))}`;
  const busyJob = jobs.find((job) => isDeleted(job) || !isJobAtRest(job, pods));
  if (busyJob !== undefined) return `job ${nameOf(busyJob)}: ${JSON.stringify(field(busyJob, "status"))}`;
  const unserved = services.find((service) => !isServed(service, { pods, slices }));
  return unserved === undefined ? undefined : `service ${nameOf(unserved)} is without its endpoints`;
}

const nameOf = (object: unknown): string => text(field(object, "metadata", "name"));
const isDeleted = (object: unknown): boolean => field(object, "metadata", "deletionTimestamp") !== undefined;

const count = (of: unknown, name: string): number => Number(field(of, "status", name) ?? 0);

function isPodAtRest(pod: unknown): boolean {
  if (isDeleted(pod)) return false;
  const phase = field(pod, "status", "phase");
  if (phase === "Succeeded" || phase === "Failed") return true;
  const conditions = list(field(pod, "status", "conditions"));
  if (conditions.some((condition) => field(condition, "reason") === "Unschedulable")) return true;
  const containers = list(field(pod, "status", "containerStatuses"));
  return (
    containers.length > 0 &&
    field(pod, "status", "podIP") !== undefined &&
    containers.every((container) => field(container, "ready") === true || isStuck(container))
  );
}

const isStuck = (container: unknown): boolean =>
  ["ErrImagePull", "ImagePullBackOff", "CreateContainerConfigError"].includes(text(field(container, "state", "waiting", "reason")));

function areReplicasAtRest(set: unknown): boolean {
  const wanted = Number(field(set, "spec", "replicas") ?? 1);
  const counts = field(set, "kind") === "ReplicaSet" ? ["replicas", "availableReplicas"] : ["replicas", "availableReplicas", "updatedReplicas"];
  return (
    count(set, "observedGeneration") === Number(field(set, "metadata", "generation")) &&
    counts.every((name) => field(set, "status", name) === undefined || count(set, name) === wanted) &&
    (wanted === 0 || count(set, "availableReplicas") === wanted)
  );
}

function isJobAtRest(job: unknown, pods: readonly unknown[]): boolean {
  const own = pods.filter((pod) => list(field(pod, "metadata", "ownerReferences")).some((owner) => field(owner, "uid") === field(job, "metadata", "uid")));
  const live = own.filter((pod) => !["Succeeded", "Failed"].includes(text(field(pod, "status", "phase"))));
  const ready = live.filter((pod) => list(field(pod, "status", "containerStatuses")).every((container) => field(container, "ready") === true));
  const isDone = list(field(job, "status", "conditions")).some((condition) => ["Complete", "Failed"].includes(text(field(condition, "type"))));
  return count(job, "active") === live.length && count(job, "ready") === ready.length && (isDone || live.length > 0 || field(job, "spec", "suspend") === true);
}

/** Whether its ready pods are all among its endpoints. */
function isServed(service: unknown, { pods, slices }: { readonly pods: readonly unknown[]; readonly slices: readonly unknown[] }): boolean {
  const selector = Object.entries(field(service, "spec", "selector") ?? {});
  if (selector.length === 0) return true;
  const selected = pods.filter((pod) => selector.every(([key, value]) => field(pod, "metadata", "labels", key) === value) && isReady(pod));
  const own = slices.filter((slice) => field(slice, "metadata", "labels", "kubernetes.io/service-name") === nameOf(service));
  const ready = own.flatMap((slice) => list(field(slice, "endpoints"))).filter((endpoint) => field(endpoint, "conditions", "ready") === true);
  return own.length > 0 && ready.length === selected.length;
}

const isReady = (pod: unknown): boolean =>
  list(field(pod, "status", "conditions")).some((condition) => field(condition, "type") === "Ready" && field(condition, "status") === "True");
