import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { PodView } from "../../../../core/kubernetes/pod-view.ts";
import { parsePodView } from "../../../../core/kubernetes/pod-view.ts";
import { createApi } from "../../../../embedded/api/registry/create-api.ts";
import type { Api } from "../../../../embedded/api/registry/api.ts";
import { builtInTypes, createTypeTable } from "../../../../embedded/api/resource-types.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";
import { createMemoryStore } from "../../../../embedded/api/store/memory-store.ts";
import { createMovableClock } from "../../../../embedded/clock.ts";
import type { ContainerRuntime } from "../../../../embedded/nodes/container.ts";
import type { KubeletTiming } from "../../../../embedded/nodes/kubelet/kubelet-context.ts";
import type { Kubelet } from "../../../../embedded/nodes/kubelet/start-kubelet.ts";
import { startKubelet } from "../../../../embedded/nodes/kubelet/start-kubelet.ts";
import { typeOf } from "../../../../embedded/objects/object-key.ts";
import { createProcessRuntime } from "./process-runtime.ts";

/** A node that runs pods as processes of this machine, an API without HTTP before it, and a clock that can be moved. */
export type Stage = {
  readonly api: Api;
  readonly kubelet: Kubelet;
  readonly folder: string;
  /** Aborts at the end of the test. */
  readonly signal: AbortSignal;
  readonly moveClock: (milliseconds: number) => void;
  readonly create: (object: JsonObject) => KubernetesObject;
  /** A pod of this node; what is given is its spec. */
  readonly run: (name: string, spec: JsonObject, metadata?: JsonObject) => KubernetesObject;
  readonly pod: (name: string) => KubernetesObject;
  /** Resolves when the pod looks as wanted; rejects after half a minute in vain. */
  readonly until: (name: string, isWanted: (view: PodView, pod: KubernetesObject) => boolean) => Promise<KubernetesObject>;
  /** Resolves when the pod's object has gone. */
  readonly untilGone: (name: string) => Promise<void>;
  /** "Warning Failed spec.containers{c}: message", each as often as it was counted. */
  readonly events: (name: string) => readonly string[];
  readonly untilEvent: (name: string, part: string) => Promise<string>;
  readonly readLog: (
    name: string,
    options?: { container?: string; previous?: boolean; follow?: boolean; timestamps?: boolean; tailLines?: number; limitBytes?: number },
  ) => Promise<string>;
};

export const image = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

/** A container of a shell script. */
export const shell = (name: string, script: string, more: JsonObject = {}): JsonObject => ({ name, image, command: ["sh", "-c", script], ...more });

/** A stage with one node, worker-1, whose second is fifty milliseconds; everything of it ends with the test. */
export async function createStage(t: TestContext, timing: Partial<KubeletTiming> = {}, runtime: ContainerRuntime = createProcessRuntime()): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "kubelet-"));
  const ending = new AbortController();
  const clock = createMovableClock();
  const types = createTypeTable(builtInTypes);
  const api = createApi({ store: createMemoryStore(), types, schema: createSchema(), admissions: [], clock });
  const create = (object: JsonObject): KubernetesObject => {
    const { metadata, ...rest } = object;
    const named = { ...rest, metadata: { ...parseMeta(metadata) } };
    return api.create(typeOf(api, String(object["apiVersion"] ?? "v1"), String(object["kind"])), { apiVersion: "v1", ...named });
  };
  for (const name of ["default", "kube-node-lease"]) create({ kind: "Namespace", metadata: { name } });
  create({ kind: "ServiceAccount", metadata: { name: "default", namespace: "default" } });
  const kubelet = startKubelet({
    node: { name: "worker-1", address: "10.200.0.3", podCIDR: "10.244.1.0/24", labels: { zone: "a" } },
    api,
    runtime,
    clock,
    issueToken: ({ serviceAccount, audiences, boundPod, expirationSeconds }) =>
      Promise.resolve({
        token: `token of ${serviceAccount} for ${audiences.join()} in ${boundPod?.name ?? ""} at ${clock.now().toISOString()}`,
        expirationTimestamp: new Date(clock.now().getTime() + expirationSeconds * 1000).toISOString(),
      }),
    caPem: "CA",
    folder,
    signal: ending.signal,
    timing: { second: 50, crashBackOff: fast, imageBackOff: fast, mountBackOff: fast, retry: 50, lease: 50, unreachable: 50, ...timing },
  });
  t.after(async () => {
    ending.abort();
    await kubelet.close();
  });
  const podType = typeOf(api, "v1", "Pod");
  const pod = (name: string): KubernetesObject => api.get({ type: podType, namespace: "default", name });
  const untilSeen = <Seen>(kind: string, look: (object: KubernetesObject, isGone: boolean) => Seen | undefined): Promise<Seen> =>
    new Promise((resolve, reject) => {
      const seen = new AbortController();
      const limit = setTimeout(() => reject(new Error(`no ${kind} has become what the test waits for`)), 30_000);
      seen.signal.addEventListener("abort", () => clearTimeout(limit));
      ending.signal.addEventListener("abort", () => clearTimeout(limit));
      api.watch(typeOf(api, "v1", kind), { signal: AbortSignal.any([ending.signal, seen.signal]) }, ({ object, type }) => {
        const found = look(object, type === "DELETED");
        if (found === undefined) return;
        seen.abort();
        resolve(found);
      });
    });
  const events = (name: string): readonly string[] =>
    api.list(typeOf(api, "v1", "Event"), { namespace: "default" }).flatMap((event) => (aboutOf(event) === name ? renderEvent(event) : []));
  return {
    api,
    kubelet,
    folder,
    signal: ending.signal,
    moveClock: (milliseconds) => clock.move(milliseconds),
    create,
    run: (name, spec, metadata) => create({ kind: "Pod", metadata: { ...metadata, name, namespace: "default" }, spec: { nodeName: "worker-1", ...spec } }),
    pod,
    until: (name, isWanted) => untilSeen("Pod", (object) => (object.metadata.name === name && isWanted(parsePodView(object), object) ? object : undefined)),
    untilGone: (name) => untilSeen("Pod", (object, isGone) => (isGone && object.metadata.name === name ? true : undefined)).then(() => undefined),
    events,
    untilEvent: (name, part) => untilSeen("Event", (event) => (aboutOf(event) === name && renderEvent(event).includes(part) ? renderEvent(event) : undefined)),
    async readLog(name, options = {}) {
      const defaults = { container: "c", previous: false, follow: false, timestamps: false, signal: ending.signal };
      const chunks: Buffer[] = [];
      for await (const chunk of await kubelet.agent.readLog(pod(name), { ...defaults, ...options })) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString();
    },
  };
}

const fast = { first: 50, last: 200 };

type Meta = KubernetesObject["metadata"];
const parseMeta = (metadata: unknown): Meta => metadata as Meta;
const parseAbout = (event: KubernetesObject): { readonly name: string; readonly fieldPath?: string } => event["involvedObject"] as { name: string };
const aboutOf = (event: KubernetesObject): string => parseAbout(event).name;

const renderEvent = (event: KubernetesObject): string => {
  const { fieldPath } = parseAbout(event);
  return `${String(event["type"])} ${String(event["reason"])} ${fieldPath ?? ""}: ${String(event["message"])}`;
};
