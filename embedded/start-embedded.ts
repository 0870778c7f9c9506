import { join } from "node:path";
import { KnownError } from "../core/contract/known-error.ts";
import type { KubernetesObject } from "../core/contract/kubernetes-object.ts";
import { admissions } from "./api/admission/all.ts";
import type { Audit } from "./api/http/answer-request.ts";
import type { ApiServer } from "./api/http/start-api-server.ts";
import { startApiServer } from "./api/http/start-api-server.ts";
import { createIdentity } from "./api/identity/create-identity.ts";
import { startNamespaceFurnishing } from "./api/identity/start-namespace-furnishing.ts";
import type { Api } from "./api/registry/api.ts";
import { createApi } from "./api/registry/create-api.ts";
import { builtInTypes, createTypeTable } from "./api/resource-types.ts";
import { buildBootstrapObjects } from "./api/rights/bootstrap-objects.ts";
import { createAuthorizer } from "./api/rights/create-authorizer.ts";
import { createSchema } from "./api/schema/schema.ts";
import { StatusError } from "./api/status-error.ts";
import { createMemoryStore } from "./api/store/memory-store.ts";
import { createMovableClock } from "./clock.ts";
import type { Faults } from "./faults/create-faults.ts";
import { createFaults } from "./faults/create-faults.ts";
import { createRuntime } from "./nodes/containers/create-runtime.ts";
import type { Isolation } from "./nodes/containers/isolation.ts";
import { startControllers } from "./nodes/controllers/start-controllers.ts";
import { typeOf } from "./objects/object-key.ts";
import type { Kubelet } from "./nodes/kubelet/start-kubelet.ts";
import { startKubelet } from "./nodes/kubelet/start-kubelet.ts";
import { createPodNetwork } from "./nodes/network/create-network.ts";
import { startScheduler } from "./nodes/scheduler/start-scheduler.ts";
import { parseNodeSpec } from "./world/parse-node-spec.ts";
import type { World, WorldProblem } from "./world/parse-world.ts";
import { parseWorld } from "./world/parse-world.ts";
import { placeWorld } from "./world/place-world.ts";
import { codeOf } from "./to-error.ts";
import { isConditionTrue } from "./objects/conditions.ts";

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
  /** How containers are kept apart, instead of the best way that works on this machine. */
  readonly isolation?: Isolation["kind"];
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

/**
 * Starts a cluster and resolves when all of its nodes are ready; KnownError for a world file with mistakes (invalid-file) and a port in use (wrong-usage), which
 * leave the folder empty. Should this process be killed, a janitor beside it removes what there is.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedCluster> {
  const { folder, signal, programs, ownImage, isolation } = options;
  const clock = createMovableClock();
  const schema = createSchema();
  const types = createTypeTable(builtInTypes);
  const world = readWorld(options, { types, schema, now: clock.now() });
  signal.throwIfAborted();
  const end = new AbortController();
  const ended = AbortSignal.any([signal, end.signal]);
  const network = createPodNetwork({ folder: join(folder, "n") });
  // Its janitor removes the whole folder: it is there before anything else, and the last to go, so no signal but `close` ends it.
  const until = new AbortController().signal;
  const runtime = await createRuntime({ folder, programs, network, ownImage, signal: until, ...(isolation !== undefined && { isolation }) });
  const kubelets = new Map<string, Kubelet>();
  let server: ApiServer | undefined;
  const close = once(async () => {
    end.abort();
    await Promise.allSettled([...kubelets.values()].map((kubelet) => kubelet.close()));
    await Promise.allSettled([server?.close(), network.close()]);
    await runtime.close();
  });
  signal.addEventListener("abort", () => void close(), { once: true });
  try {
    const store = createMemoryStore();
    const api = createApi({ store, types, schema, admissions, clock });
    // What is there before anybody comes asks no admission.
    const founding = createApi({ store, types, schema, admissions: [], clock });
    const identity = await createIdentity({ clock, store, types });
    const agents = { agentOf: (name: string) => kubelets.get(name)?.agent };
    const authorizer = createAuthorizer(store, types);
    const started = await startApiServer({ ...options, api, identity, authorizer, agents, network, clock, signal: ended }).catch(refusePort(options.port));
    server = started;
    const nodes = world.nodes.map((node) => parseNodeSpec(node, network.nodeOf(node.metadata.name)));
    for (const object of buildBootstrapObjects({ apiServer: { address: nodes[0]?.address ?? "", port: 6443 } })) create(founding, object);
    network.serve({ host: "10.96.0.1", port: 443 }, (connection) => started.serveConnection(connection));
    startNamespaceFurnishing({ api, caPem: identity.caPem, signal: ended });
    const refused = await placeWorld({ world, api: founding, clock, nodeOf: (name) => network.nodeOf(name) });
    if (refused.length > 0) throw buildRefusal(options, refused);
    startControllers({ api, clock, network, signal: ended });
    startScheduler({ api, clock, signal: ended });
    for (const [index, node] of nodes.entries())
      try {
        const kubelet = startKubelet({
          node,
          api,
          runtime,
          clock,
          issueToken: (request) => identity.issueToken(request),
          caPem: identity.caPem,
          folder: join(folder, "nodes", node.name),
          volumes: join(folder, "volumes"),
          signal: ended,
        });
        kubelets.set(node.name, kubelet);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        throw buildRefusal(options, [{ line: world.lineOf(world.nodes[index] ?? { metadata: { name: "" } }), message: error.message }]);
      }
    await untilReady(api, nodes.length, ended);
    const kubeconfig = await identity.buildKubeconfig({ server: started.url });
    return { url: started.url, kubeconfig, api, faults: createFaults({ api, clock, network, server: started.faults, kubelets }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= work());
}

function readWorld(options: EmbeddedOptions, known: Parameters<typeof parseWorld>[1]): World {
  const parsed = parseWorld(options.world.text, known);
  if ("world" in parsed) return parsed.world;
  throw buildRefusal(options, parsed.problems);
}

const buildRefusal = ({ world }: EmbeddedOptions, problems: readonly WorldProblem[]): KnownError =>
  new KnownError("invalid-file", problems.map(({ line, message }) => `${world.name}:${line}: ${message.replaceAll(/\s+/g, " ")}`).join("\n"), {
    hint: "A world file holds Kubernetes objects, at least one of them a Node; `asdic embedded world` prints the one that is used without it.",
  });

const refusePort =
  (port: number) =>
  (error: unknown): never => {
    const code = codeOf(error);
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new KnownError("wrong-usage", `--port ${port}: ${code === "EADDRINUSE" ? "another program listens there" : "you may not listen there"}.`, {
      hint: "Choose another port, or leave --port out: then one that is free is taken.",
      cause: error,
    });
  };

const create = (api: Api, object: KubernetesObject): KubernetesObject => api.create(typeOf(api, object.apiVersion ?? "", object.kind ?? ""), object);

/** Resolves when so many nodes are ready; rejects when the signal aborts. */
async function untilReady(api: Api, count: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const ready = new Set<string>();
  const seen = new AbortController();
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    api.watch(typeOf(api, "v1", "Node"), { signal: AbortSignal.any([signal, seen.signal]) }, ({ object }) => {
      if (isConditionTrue(object, "Ready")) ready.add(object.metadata.name);
      if (ready.size < count) return;
      seen.abort();
      resolve();
    });
  });
}
