import { Agent, request as httpsRequest } from "node:https";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { after } from "node:test";
import { text } from "node:stream/consumers";
import { once } from "node:events";
import { parse } from "yaml";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { admissions } from "../../../../embedded/api/admission/all.ts";
import type { Audit } from "../../../../embedded/api/http/answer-request.ts";
import type { ApiServer, ApiServerOptions } from "../../../../embedded/api/http/start-api-server.ts";
import { startApiServer } from "../../../../embedded/api/http/start-api-server.ts";
import { createIdentity } from "../../../../embedded/api/identity/create-identity.ts";
import type { Api } from "../../../../embedded/api/registry/api.ts";
import { createApi } from "../../../../embedded/api/registry/create-api.ts";
import { builtInTypes, createTypeTable } from "../../../../embedded/api/resource-types.ts";
import type { ResourceType } from "../../../../embedded/api/resource-type.ts";
import { createAuthorizer } from "../../../../embedded/api/rights/create-authorizer.ts";
import { buildBootstrapObjects } from "../../../../embedded/api/rights/bootstrap-objects.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";
import { createMemoryStore } from "../../../../embedded/api/store/memory-store.ts";
import { createPodNetwork } from "../../../../embedded/nodes/network/create-network.ts";
import { keyOf, typeOf } from "../../../../embedded/objects/object-key.ts";
import type { ObjectKey } from "../../../../embedded/api/store/store.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Call = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly anonymous?: boolean;
};
export type Reply = { readonly code: number; readonly headers: IncomingHttpHeaders; readonly body: JsonObject; readonly text: string };

/** A real server over a real store with the roles that every cluster has and a namespace "space"; it ends with the test file. */
export async function openServer(): Promise<{
  readonly api: Api;
  readonly server: ApiServer;
  readonly kubeconfig: string;
  /** What another server needs beside an API. */
  readonly parts: Omit<ApiServerOptions, "api" | "port" | "signal">;
  readonly audits: readonly Audit[];
  /** As the administrator, unless `anonymous`. */
  readonly call: (path: string, options?: Call) => Promise<Reply>;
  readonly open: (path: string, options?: Call) => Promise<IncomingMessage>;
  readonly type: (apiVersion: string, kind: string) => ResourceType;
  readonly keyOf: (object: Parameters<typeof keyOf>[1]) => ObjectKey;
}> {
  const clock = { now: (): Date => new Date() };
  const [store, types, schema] = [createMemoryStore(), createTypeTable(builtInTypes), createSchema()];
  const api = createApi({ store, types, schema, admissions, clock });
  const identity = await createIdentity({ clock, store, types });
  const folder = await mkdtemp(join(tmpdir(), "asdic-http-"));
  const network = createPodNetwork({ folder });
  const audits: Audit[] = [];
  const ended = new AbortController();
  const authorizer = createAuthorizer(store, types);
  const agents = { agentOf: (): undefined => undefined };
  const parts = { identity, authorizer, agents, network, clock };
  const server = await startApiServer({ ...parts, api, port: 0, signal: ended.signal, onRequest: (audit) => audits.push(audit) });
  const founding = createApi({ store, types, schema, admissions: [], clock });
  for (const object of buildBootstrapObjects({ apiServer: { address: "10.0.0.1", port: 6443 } })) {
    founding.create(typeOf(api, object.apiVersion ?? "", object.kind ?? ""), object);
  }
  founding.create(typeOf(api, "v1", "Namespace"), { metadata: { name: "space" } });
  const kubeconfig = await identity.buildKubeconfig({ server: server.url });
  const user: unknown = field(parse(kubeconfig), "users", "0", "user");
  const pem = (name: string): Buffer => Buffer.from(String(field(user, name)), "base64");
  const [ca, trusted] = [identity.caPem, { cert: pem("client-certificate-data"), key: pem("client-key-data") }];
  const agent = new Agent({ ca, keepAlive: true, ...trusted });
  const stranger = new Agent({ ca });
  after(async () => {
    agent.destroy();
    stranger.destroy();
    await server.close();
    ended.abort();
    await network.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (path: string, { method = "GET", headers = {}, body, anonymous = false }: Call = {}): Promise<IncomingMessage> => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const sent = httpsRequest(server.url + path, { method, headers: { ...headers, ...length }, agent: anonymous ? stranger : agent });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return response;
  };
  const call = async (path: string, options: Call = {}): Promise<Reply> => {
    const response = await open(path, options);
    const received = await text(response);
    return { code: response.statusCode ?? 0, headers: response.headers, body: parseBody(received), text: received };
  };
  return {
    api,
    server,
    kubeconfig,
    parts,
    audits,
    call,
    open,
    type: (apiVersion, kind) => typeOf(api, apiVersion, kind),
    keyOf: (object) => keyOf(api, object),
  };
}

function parseBody(received: string): JsonObject {
  try {
    return JSON.parse(received) as JsonObject;
  } catch {
    return {};
  }
}

export const json = { "content-type": "application/json" };

/** ConfigMap NAME of namespace "space". */
export const configMap = (name: string, data: Readonly<Record<string, string>> = {}, labels: Readonly<Record<string, string>> = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "space", labels },
  data,
});
