import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { connect, type ConnectOptions } from "../../../core/cluster/connect.ts";
import type { RequestTrace } from "../../../core/cluster/connection.ts";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import { readEntryNames } from "../../../core/cluster/read-entry-names.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { answerJson, startApiServer, writeFolder } from "./api-server.ts";

const node = { apiVersion: "v1", kind: "Node", name: "n" };
const object = { apiVersion: "v1", kind: "Node", metadata: { name: "n" } };
const near = await startApiServer((_request, response) => answerJson(response, object));
const far = await startApiServer((_request, response) => answerJson(response, object));
const entry = (address: string, own: object = {}) => ({ server: address, "insecure-skip-tls-verify": true, ...own });

/** A kubeconfig with a context, another cluster and another user; `own` takes the place of the context's cluster and user. */
async function writeKubeconfig(own: { readonly cluster?: object; readonly user?: object } = {}): Promise<Pick<ConnectOptions, "kubeconfig" | "environment">> {
  const content = {
    "current-context": "prod",
    clusters: [
      { name: "near", cluster: own.cluster ?? entry(near.address) },
      { name: "far", cluster: entry(far.address) },
    ],
    contexts: [{ name: "prod", context: { cluster: "near", user: "jane" } }],
    users: [
      { name: "jane", user: own.user ?? { token: "janes", as: "kubeconfigs", "as-groups": ["kubeconfigs"] } },
      { name: "joe", user: { token: "joes" } },
    ],
  };
  return { kubeconfig: join(await writeFolder({ config: JSON.stringify(content) }), "config"), environment: {} };
}

test("--cluster and --user take the place of the context's", async () => {
  const options = await writeKubeconfig();
  await (await connect({ ...options, cluster: "far", user: "joe" })).get(node);
  assert.deepEqual([near.received.length, far.received.at(-1)?.headers.authorization], [0, "Bearer joes"]);
  await assert.rejects(connect({ ...options, cluster: "none" }), { code: "invalid-kubeconfig", message: /There is no cluster "none" in / });
  await assert.rejects(connect({ ...options, user: "none" }), { code: "invalid-kubeconfig", message: /There is no user "none" in / });
});

test("--as and --as-group take the place of whom the kubeconfig acts as", async () => {
  const options = await writeKubeconfig();
  const headersOf = async (own: Partial<ConnectOptions>) => {
    await (await connect({ ...options, ...own })).get(node);
    const headers = near.received.at(-1)?.headers;
    return [headers?.["impersonate-user"], headers?.["impersonate-group"]];
  };
  assert.deepEqual(await headersOf({}), ["kubeconfigs", "kubeconfigs"]);
  assert.deepEqual(await headersOf({ as: "system:serviceaccount:a:b", asGroups: ["x", "y"] }), ["system:serviceaccount:a:b", "x, y"]);
});

test("in a pod without a kubeconfig its service account is used, and may act as somebody", async () => {
  const accountFolder = await writeFolder({ token: "pods", "ca.crt": "", namespace: "team" });
  const environment = { HOME: accountFolder, KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: "6443" };
  const cluster = await connect({ environment, accountFolder, as: "joe" });
  assert.deepEqual([cluster.server, cluster.namespace], ["https://127.0.0.1:6443", "team"]);
  await assert.rejects(connect({ environment, accountFolder, context: "prod" }), { code: "invalid-kubeconfig", message: /No kubeconfig was found/ });
});

test("an answer that takes longer than --request-timeout ends in an error that says so", async () => {
  const silent = await startApiServer(() => undefined);
  const cluster = await connect({ ...(await writeKubeconfig({ cluster: entry(silent.address) })), requestTimeoutSeconds: 0.2 });
  await assert.rejects(cluster.get(node), (error) => isKnownError(error) && error.exitCode === 3 && /no answer within 0\.2 s/.test(error.message));
});

for (const [name, hint] of [
  ["gcp", /gke-gcloud-auth-plugin/],
  ["azure", /kubelogin/],
] as const)
  test(`the auth-provider ${name}, which Kubernetes has removed, is told with what took its place`, async () => {
    await assert.rejects(
      connect(await writeKubeconfig({ user: { "auth-provider": { name } } })),
      (error) => isKnownError(error) && error.code === "invalid-kubeconfig" && error.message.includes(`"${name}"`) && hint.test(error.hint ?? ""),
    );
  });

test("a proxy that is no HTTP or SOCKS5 proxy is refused, and its address is not shown", async () => {
  const own = await writeKubeconfig({ cluster: entry("https://k.example:6443", { "proxy-url": "ftp://u:p@proxy:21" }) });
  await assert.rejects(
    connect(own),
    (error) => isKnownError(error) && error.message.startsWith("proxy-url in the kubeconfig is no") && !error.message.includes("u:p"),
  );
  const plain = await writeKubeconfig({ cluster: entry("https://k.example:6443") });
  await assert.rejects(connect({ ...plain, environment: { HTTPS_PROXY: "gopher://proxy:70" } }), {
    code: "invalid-kubeconfig",
    message: /^The proxy in the environment/,
  });
});

test("a SOCKS5 proxy is used, and knows the server's name", async () => {
  const asked: string[] = [];
  const proxy = createServer((socket) => void serveSocks(socket, asked));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  after(() => proxy.close());
  const { port } = proxy.address() as AddressInfo;
  const cluster = entry("http://k.example:6443", { "proxy-url": `socks5h://127.0.0.1:${port}` });
  assert.deepEqual((await (await connect(await writeKubeconfig({ cluster }))).get(node)).metadata.name, "n");
  assert.deepEqual(asked, ["k.example"]);
});

/** RFC 1928 as far as it is needed: no authentication, CONNECT to a name, which is always the near server. */
async function serveSocks(socket: Socket, asked: string[]): Promise<void> {
  const next = async (): Promise<Buffer> => ((await once(socket, "data")) as [Buffer])[0];
  socket.on("error", () => undefined);
  await next();
  socket.write(Buffer.from([5, 0]));
  const request = await next();
  asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
  const upstream = connectTcp(Number(new URL(near.address).port), "127.0.0.1", () => {
    socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => undefined);
  socket.on("close", () => upstream.destroy());
}

test("each request is told with its status, or with why there is none, and a command's words are not", async () => {
  const traces: RequestTrace[] = [];
  const server = await startApiServer(({ path }, response) =>
    path.endsWith("/away") ? response.destroy() : answerJson(response, object, path.endsWith("/no") ? 403 : 200),
  );
  const cluster = openCluster({ ...server.connection, onRequest: (trace) => void traces.push(trace) }, { connect: 2000, idle: 2000, backOff: 5 });
  await cluster.get(node);
  await assert.rejects(cluster.get({ ...node, name: "no" }));
  await assert.rejects(cluster.get({ ...node, name: "away" }));
  await assert.rejects(cluster.exec({ namespace: "a", pod: "p", container: "c", command: ["echo", "secret"] }));
  assert.deepEqual(
    traces.slice(0, 2).map(({ method, path, outcome }) => [method, path, outcome]),
    [
      ["GET", "/api/v1/nodes/n", 200],
      ["GET", "/api/v1/nodes/no", 403],
    ],
  );
  assert.deepEqual([traces[2]?.path, traces[2]?.outcome], ["/api/v1/nodes/away", "ECONNRESET"]);
  assert.deepEqual([traces.at(-1)?.path, traces.at(-1)?.outcome], ["/api/v1/namespaces/a/pods/p/exec", 200]);
  assert.ok(traces.every(({ milliseconds }) => milliseconds >= 0 && milliseconds < 5000));
  assert.doesNotMatch(JSON.stringify(traces), /secret/);
});

test("the names in kubeconfigs are read for completion, and none where there is no kubeconfig", async () => {
  const { kubeconfig } = await writeKubeconfig();
  assert.deepEqual(await readEntryNames({ kubeconfig, environment: {} }, "users"), ["jane", "joe"]);
  assert.deepEqual(await readEntryNames({ kubeconfig: `${kubeconfig}-none`, environment: {} }, "contexts"), []);
});
