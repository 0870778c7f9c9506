import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import type { PodView } from "../../core/kubernetes/pod-view.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";
import type { Audit } from "../../embedded/api/http/answer-request.ts";
import type { EmbeddedCluster } from "../../embedded/start-embedded.ts";
import { startEmbedded } from "../../embedded/start-embedded.ts";
import type { ResourceType } from "../../embedded/api/resource-type.ts";
import type { StoreEvent } from "../../embedded/api/store/store.ts";
import { buildPrograms } from "./build-programs.ts";
import type { Ended } from "./run-cli.ts";
import { ownImage, runCli } from "./run-cli.ts";

/** An embedded cluster of this process with asdic's CLI in front of it. */
export type Stage = Pick<EmbeddedCluster, "api" | "faults"> & {
  /** For files of the test's own; removed by `close`. */
  readonly folder: string;
  /** Runs a command of the CLI in the stage's folder. */
  asdic(args: readonly string[], signal?: AbortSignal): Promise<Ended>;
  create(object: KubernetesObject): KubernetesObject;
  /** The first object of a kind, there or to come, that is what is waited for. */
  until(kind: readonly [apiVersion: string, kind: string], wanted: Wanted): Promise<KubernetesObject>;
  /** The same for a plugin's pod, on a node if it is named, with what its status says. */
  untilPod(plugin: string, wanted: WantedPod): Promise<PodView>;
  /** Resolves with the first request to the API server, from now on, that is what is waited for, once it is answered. */
  untilRequest(is: (request: Audit) => boolean, signal: AbortSignal): Promise<void>;
  /** Where a node keeps its files on this machine. */
  nodeFolder(name: string): string;
  close(): Promise<void>;
};

export type Wanted = {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly is: (object: KubernetesObject, type: StoreEvent["type"]) => boolean;
  readonly signal: AbortSignal;
};
export type WantedPod = { readonly namespace: string; readonly node?: string; readonly is: (view: PodView) => boolean; readonly signal: AbortSignal };

/** Starts a cluster of the world's objects, which runs the programs of this very tree; closed, it leaves nothing behind. */
export async function startStage(world: readonly object[]): Promise<Stage> {
  const folder = await mkdtemp("/tmp/asdic-");
  const end = new AbortController();
  const kubeconfig = join(folder, "kubeconfig");
  const listeners = new Set<(request: Audit) => void>();
  const close = async (): Promise<void> => {
    end.abort();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  try {
    const programs = await buildPrograms();
    const cluster = await startEmbedded({
      folder: join(folder, "c"),
      programs,
      ownImage: (name) => name === ownImage,
      // JSON is YAML.
      world: { text: world.map((object) => `---\n${JSON.stringify(object)}\n`).join(""), name: "world" },
      port: 0,
      signal: end.signal,
      onRequest: (request) => listeners.forEach((listener) => listener(request)),
    });
    await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
    const stage = buildStage(cluster, { cwd: folder, kubeconfig, listeners, end: end.signal });
    return { ...stage, folder, nodeFolder: (name) => join(folder, "c/nodes", name), close: () => cluster.close().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

function buildStage(
  { api, faults }: EmbeddedCluster,
  {
    cwd,
    kubeconfig,
    listeners,
    end,
  }: { readonly cwd: string; readonly kubeconfig: string; readonly listeners: Set<(request: Audit) => void>; readonly end: AbortSignal },
): Omit<Stage, "folder" | "nodeFolder" | "close"> {
  const typeOf = (apiVersion: string, kind: string): ResourceType =>
    api.types.ofKind(apiVersion, kind) ?? assert.fail(`there is no kind ${kind} in ${apiVersion}`);
  const until: Stage["until"] = (kind, { is, signal, ...selection }) =>
    new Promise((resolve, reject) => {
      const found = new AbortController();
      const ended = AbortSignal.any([signal, end]);
      if (ended.aborted) return reject(ended.reason);
      ended.addEventListener("abort", () => reject(ended.reason), { once: true, signal: found.signal });
      api.watch(typeOf(...kind), { ...selection, signal: AbortSignal.any([ended, found.signal]) }, ({ type, object }) => {
        if (found.signal.aborted || !is(object, type)) return;
        found.abort();
        resolve(object);
      });
    });
  return {
    api,
    faults,
    until,
    untilRequest: (is, signal) =>
      new Promise((resolve, reject) => {
        const ended = AbortSignal.any([signal, end]);
        if (ended.aborted) return reject(ended.reason);
        const listen = (request: Audit): void => {
          if (!is(request)) return;
          listeners.delete(listen);
          resolve();
        };
        const abort = (): void => {
          listeners.delete(listen);
          reject(ended.reason);
        };
        listeners.add(listen);
        ended.addEventListener("abort", abort, { once: true });
      }),
    asdic: (args, signal) => runCli(args, { kubeconfig, cwd, signal: signal ? AbortSignal.any([signal, end]) : end }),
    create: (object) => api.create(typeOf(object.apiVersion ?? "", object.kind ?? ""), object),
    async untilPod(plugin, { namespace, node, is, signal }) {
      const isIt = (pod: KubernetesObject): boolean => {
        const view = parsePodView(pod);
        return (node === undefined || view.nodeName === node) && is(view);
      };
      return parsePodView(await until(["v1", "Pod"], { namespace, labelSelector: `${labels.plugin}=${plugin}`, is: isIt, signal }));
    },
  };
}
