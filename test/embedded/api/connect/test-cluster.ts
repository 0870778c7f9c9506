import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { answerConnect } from "../../../../embedded/api/connect/answer-connect.ts";
import { answerUpgrade } from "../../../../embedded/api/connect/answer-upgrade.ts";
import type { ConnectTarget } from "../../../../embedded/api/http/exchange.ts";
import { sendError } from "../../../../embedded/api/http/send.ts";
import { startApiServer } from "../../../../embedded/api/http/start-api-server.ts";
import { createIdentity } from "../../../../embedded/api/identity/create-identity.ts";
import type { Api } from "../../../../embedded/api/registry/api.ts";
import { createApi } from "../../../../embedded/api/registry/create-api.ts";
import { builtInTypes, createTypeTable } from "../../../../embedded/api/resource-types.ts";
import { createAuthorizer } from "../../../../embedded/api/rights/create-authorizer.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";
import { createMemoryStore } from "../../../../embedded/api/store/memory-store.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import type { PodNetwork } from "../../../../embedded/nodes/pod-network.ts";
import type { TestAgent } from "./test-agent.ts";
import { createTestAgent, dialLoopback } from "./test-agent.ts";

/** A server, and the one node behind it. */
export type TestCluster = { readonly url: string; readonly agent: TestAgent; readonly close: () => Promise<void> };

/** The connect subresources alone, behind a server that lets everybody in; it ends with the test file, or before. */
export async function startTestCluster(objects: readonly KubernetesObject[]): Promise<TestCluster> {
  const { agent, api, ...rest } = createWorld(objects);
  const closing = new AbortController();
  const shared = { ...rest, api, user: { name: "anybody", groups: [] } };
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const signal = AbortSignal.any([gone.signal, closing.signal]);
    const { url, target } = parseTarget(request, api);
    answerConnect(target, { ...shared, request, response, url, query: url.searchParams, signal }).catch(
      (error: unknown) => void sendError(response, { notation: "json", pretty: false }, error),
    );
  });
  server.on("upgrade", (request, socket, head) => {
    const { url, target } = parseTarget(request, api);
    const gone = new AbortController();
    socket.once("close", () => gone.abort());
    void answerUpgrade(target, { ...shared, request, socket, head, url, query: url.searchParams, signal: AbortSignal.any([gone.signal, closing.signal]) });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    closing.abort();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  after(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, agent, close };
}

/** The same behind the whole API server, for clients that ask more than that, with a kubeconfig of an administrator. */
export async function startWholeCluster(objects: readonly KubernetesObject[]): Promise<TestCluster & { readonly kubeconfig: string }> {
  const { agent, api, ...rest } = createWorld(objects);
  const closing = new AbortController();
  const clock = { now: () => new Date() };
  const identity = await createIdentity({ clock, store: api.store, types: api.types });
  const authorizer = createAuthorizer(api.store, api.types);
  const server = await startApiServer({ ...rest, api, identity, authorizer, clock, port: 0, signal: closing.signal });
  const close = (): Promise<void> => server.close();
  after(close);
  const { url } = server;
  return { url, agent, close, kubeconfig: await identity.buildKubeconfig({ server: url }) };
}

function createWorld(objects: readonly KubernetesObject[]) {
  const agent = createTestAgent();
  return { api: createFilledApi(objects), agent, network, agents: { agentOf: (name: string) => (name === "node" ? agent : undefined) } };
}

function createFilledApi(objects: readonly KubernetesObject[]): Api {
  const store = createMemoryStore();
  const clock = { now: () => new Date() };
  const api = createApi({ store, types: createTypeTable(builtInTypes), schema: createSchema(), admissions: [], clock });
  for (const object of objects) store.put(keyOf(api, object), object);
  return api;
}

const unused = (): void => undefined;

/** The address of pods that listen; nothing is at any other. */
const network: PodNetwork = {
  dial({ host, port }) {
    return host === "10.244.1.5" ? dialLoopback(port) : Promise.reject(Object.assign(new Error("no route"), { code: "EHOSTUNREACH" }));
  },
  resolve: () => [],
  setServices: unused,
  serve: unused,
  faults: { cutNode: unused, cutBetweenNodes: unused, mendNode: unused, limit: unused, clear: unused },
};

function parseTarget(request: IncomingMessage, api: Api): { readonly url: URL; readonly target: ConnectTarget } {
  const url = new URL(request.url ?? "", "http://x");
  const [path = ""] = (request.url ?? "").split("?");
  const [, namespace = "", plural = "", name = "", subresource = "", rest = ""] =
    /^\/api\/v1(?:\/namespaces\/([^/]+))?\/([^/]+)\/([^/]+)\/(log|exec|attach|portforward|proxy)(\/.*)?$/.exec(path) ?? [];
  const type = api.types.find("", "v1", plural);
  if (type === undefined) throw new Error(`no such type: ${plural}`);
  return { url, target: { type, namespace, name: decodeURIComponent(name), subresource: subresource as ConnectTarget["subresource"], rest } };
}
