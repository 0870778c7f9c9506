import { rm } from "node:fs/promises";
import { join } from "node:path";
import { KnownError } from "../core/contract/known-error.ts";
import type { KubernetesObject } from "../core/contract/kubernetes-object.ts";
import { field } from "../core/kubernetes/field.ts";
import { admissions } from "./api/admission/all.ts";
import type { Audit } from "./api/http/answer-request.ts";
import { startApiServer } from "./api/http/start-api-server.ts";
import { createIdentity } from "./api/identity/create-identity.ts";
import { startNamespaceFurnishing } from "./api/identity/start-namespace-furnishing.ts";
import type { Api } from "./api/registry/api.ts";
import { createApi } from "./api/registry/create-api.ts";
import { builtInTypes, createTypeTable } from "./api/resource-types.ts";
import { buildBootstrapObjects } from "./api/rights/bootstrap-objects.ts";
import { createAuthorizer } from "./api/rights/create-authorizer.ts";
import { createSchema } from "./api/schema/schema.ts";
import { createMemoryStore } from "./api/store/memory-store.ts";
import { createMovableClock } from "./clock.ts";
import type { Faults } from "./faults/create-faults.ts";
import { createFaults } from "./faults/create-faults.ts";
import { createRuntime } from "./nodes/containers/create-runtime.ts";
import { startControllers } from "./nodes/controllers/start-controllers.ts";
import { typeOf } from "./nodes/object-key.ts";
import type { Kubelet } from "./nodes/kubelet/start-kubelet.ts";
import { startKubelet } from "./nodes/kubelet/start-kubelet.ts";
import { createPodNetwork } from "./nodes/network/create-network.ts";
import { startQuotaController } from "./nodes/quota/start-quota-controller.ts";
import { startScheduler } from "./nodes/scheduler/start-scheduler.ts";
import { parseNodeSpec } from "./world/parse-node-spec.ts";
import { parseWorld } from "./world/parse-world.ts";
import { placeWorld } from "./world/place-world.ts";

export type EmbeddedOptions = {
  /** Where it keeps sockets, volumes and logs: a new folder of its own, removed at the end, with a path of at most 60 bytes. */
  readonly folder: string;
  /** The built programs of asdic's own image (`dist/`). */
  readonly programs: string;
  /** Which images are asdic's own. */
  readonly ownImage: (name: string) => boolean;
  /** The world file's text, and its name for messages. */
  readonly world: { readonly text: string; readonly name: string };
  /** Of the API server on 127.0.0.1; 0 takes one that is free. */
  readonly port: number;
  /** Ends it as `close` does. */
  readonly signal: AbortSignal;
  /** Called with each request to the API server once it is answered. */
  readonly onRequest?: (audit: Audit) => void;
};

/** A Kubernetes that runs in this process and its children. */
export type EmbeddedCluster = {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  /** YAML, for the administrator; good for as long as the cluster lives. */
  readonly kubeconfig: string;
  /** The way in beside HTTP, without rights or limits. */
  readonly api: Api;
  readonly faults: Faults;
  /** Ends everything that runs and removes the folder. */
  close(): Promise<void>;
};

/** Starts a cluster and resolves when all of its nodes are ready; KnownError for a world file with mistakes (invalid-file) and a port in use (wrong-usage). */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedCluster> {
  const { folder, signal } = options;
  const clock = createMovableClock();
  const schema = createSchema();
  const types = createTypeTable(builtInTypes);
  const world = readWorld(options, { types, schema, now: clock.now() });
  const end = new AbortController();
  const ended = AbortSignal.any([signal, end.signal]);
  const store = createMemoryStore();
  const api = createApi({ store, types, schema, admissions, clock });
  // What is there before anybody comes asks no admission.
  const founding = createApi({ store, types, schema, admissions: [], clock });
  const identity = await createIdentity({ clock, store, types });
  const network = createPodNetwork({ folder: join(folder, "n") });
  const runtime = await createRuntime({ folder: join(folder, "c"), programs: options.programs, network, ownImage: options.ownImage, signal: ended });
  const kubelets = new Map<string, Kubelet>();
  const agents = { agentOf: (name: string) => kubelets.get(name)?.agent };
  const authorizer = createAuthorizer(store, types);
  const server = await startApiServer({ ...options, api, identity, authorizer, agents, network, clock, signal: ended }).catch(refusePort(options.port));
  const close = async (): Promise<void> => {
    end.abort();
    await Promise.all([...kubelets.values()].map((kubelet) => kubelet.close()));
    await Promise.all([runtime.close(), server.close(), network.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const nodes = world.nodes.map((node) => parseNodeSpec(node, network.nodeOf(node.metadata.name)));
    for (const object of buildBootstrapObjects({ apiServer: { address: nodes[0]?.address ?? "", port: 6443 } })) create(founding, object);
    network.serve({ host: "10.96.0.1", port: 443 }, (connection) => server.serveConnection(connection));
    startNamespaceFurnishing({ api, caPem: identity.caPem, signal: ended });
    await placeWorld({ world, api: founding, clock, nodeOf: (name) => network.nodeOf(name) });
    startControllers({ api, clock, network, signal: ended });
    startQuotaController({ api, clock, signal: ended });
    startScheduler({ api, clock, signal: ended });
    for (const node of nodes)
      kubelets.set(
        node.name,
        startKubelet({
          node,
          api,
          runtime,
          clock,
          issueToken: (request) => identity.issueToken(request),
          caPem: identity.caPem,
          folder: join(folder, node.name),
          signal: ended,
        }),
      );
    await untilReady(api, nodes.length, ended);
  } catch (error) {
    await close();
    throw error;
  }
  const kubeconfig = await identity.buildKubeconfig({ server: server.url });
  return { url: server.url, kubeconfig, api, faults: createFaults({ api, clock, network, server: server.faults, kubelets }), close };
}

function readWorld({ world: { text, name } }: EmbeddedOptions, known: Parameters<typeof parseWorld>[1]) {
  const parsed = parseWorld(text, known);
  if ("world" in parsed) return parsed.world;
  throw new KnownError("invalid-file", parsed.problems.map(({ line, message }) => `${name}:${line}: ${message}`).join("\n"), {
    hint: "A world file holds Kubernetes objects, at least one of them a Node; `asdic embedded world` prints the one that is used without it.",
  });
}

const refusePort =
  (port: number) =>
  (error: unknown): never => {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new KnownError("wrong-usage", `--port ${port}: ${code === "EADDRINUSE" ? "another program listens there" : "you may not listen there"}.`, {
      hint: "Choose another port, or leave --port out: then one that is free is taken.",
      cause: error,
    });
  };

const create = (api: Api, object: KubernetesObject): KubernetesObject => api.create(typeOf(api, object.apiVersion ?? "", object.kind ?? ""), object);

/** Resolves when so many nodes are ready; rejects when the signal aborts. */
function untilReady(api: Api, count: number, signal: AbortSignal): Promise<void> {
  const ready = new Set<string>();
  const seen = new AbortController();
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    api.watch(typeOf(api, "v1", "Node"), { signal: AbortSignal.any([signal, seen.signal]) }, ({ object }) => {
      const conditions = field(object, "status", "conditions");
      if (Array.isArray(conditions) && conditions.some((condition) => field(condition, "type") === "Ready" && field(condition, "status") === "True"))
        ready.add(object.metadata.name);
      if (ready.size < count) return;
      seen.abort();
      resolve();
    });
  });
}
