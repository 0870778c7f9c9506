import assert from "node:assert/strict";
import { createServer } from "node:https";
import { connect as connectTcp } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer as createHttpServer } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../../../core/cluster/connect.ts";
import { connectInCluster } from "../../../core/cluster/in-cluster.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { makeCertificates } from "../../tls.ts";
import { answerJson, replay, startApiServer, writeFolder } from "./api-server.ts";

const node = { apiVersion: "v1", kind: "Node", name: "n" };
const object = { apiVersion: "v1", kind: "Node", metadata: { name: "n" } };

/** A kubeconfig in a folder of its own, as YAML's subset JSON. */
async function writeKubeconfig(cluster: object, user: object, files: Record<string, string> = {}) {
  const content = {
    "current-context": "prod",
    clusters: [{ name: "c", cluster }],
    contexts: [{ name: "prod", context: { cluster: "c", user: "jane", namespace: "team" } }],
    users: [{ name: "jane", user }],
  };
  const folder = await writeFolder({ config: JSON.stringify(content), ...files });
  return { kubeconfig: join(folder, "config"), environment: {}, folder };
}

const echo = await startApiServer((_request, response) => answerJson(response, object));
const insecure = { server: echo.address, "insecure-skip-tls-verify": true };

async function headersWith(user: object, files: Record<string, string> = {}) {
  const cluster = await connect(await writeKubeconfig(insecure, user, files));
  await cluster.get(node);
  return echo.received.at(-1)?.headers ?? {};
}

test("the cluster knows its server and the context's namespace", async () => {
  const { server, namespace } = await connect(await writeKubeconfig(insecure, {}));
  assert.deepEqual([server, namespace], [echo.address, "team"]);
});

test("credentials of every kind reach the server", async () => {
  assert.equal((await headersWith({ token: "t1" })).authorization, "Bearer t1");
  assert.equal((await headersWith({ tokenFile: "token", token: "not this" }, { token: "t2\n" })).authorization, "Bearer t2");
  assert.equal((await headersWith({ username: "u", password: "p" })).authorization, `Basic ${Buffer.from("u:p").toString("base64")}`);
  const credential = JSON.stringify({ kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1", status: { token: "t3" } });
  assert.equal(
    (await headersWith({ exec: { apiVersion: "client.authentication.k8s.io/v1", command: "echo", args: [credential], env: null } })).authorization,
    "Bearer t3",
  );
});

test("who one acts as is said whole, with groups, uid and extras", async () => {
  const headers = await headersWith({ token: "t", as: "joe", "as-groups": ["a", "b"], "as-uid": "7", "as-user-extra": { scope: ["x"] } });
  assert.deepEqual(
    [headers["impersonate-user"], headers["impersonate-group"], headers["impersonate-uid"], headers["impersonate-extra-scope"]],
    ["joe", "a, b", "7", "x"],
  );
});

test("a credential plugin is told about the request, and started once for many first requests", async () => {
  const script = `echo started >> "$0.log"; printf '{"status":{"token":"%s"}}' "$(echo "$KUBERNETES_EXEC_INFO" | base64 | tr -d '\\n')"`;
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "sh", args: ["./plugin"], provideClusterInfo: true };
  const options = await writeKubeconfig(insecure, { exec: { ...exec, args: [] } });
  const cluster = await connect(await writeKubeconfig(insecure, { exec: { ...exec, args: [join(options.folder, "plugin")] } }));
  const { writeFile, readFile } = await import("node:fs/promises");
  await writeFile(join(options.folder, "plugin"), script);
  await Promise.all(Array.from({ length: 5 }, () => cluster.get(node)));
  assert.equal(await readFile(join(options.folder, "plugin.log"), "utf8"), "started\n");
  const token = echo.received.at(-1)?.headers.authorization?.replace("Bearer ", "") ?? "";
  const info: unknown = JSON.parse(Buffer.from(token, "base64").toString());
  assert.deepEqual(info, {
    apiVersion: "client.authentication.k8s.io/v1",
    kind: "ExecCredential",
    spec: { interactive: false, cluster: { server: echo.address, "insecure-skip-tls-verify": true } },
  });
});

for (const [name, user, message, hint] of [
  [
    "a plugin that isn't installed",
    { exec: { command: "asdic-no-such-plugin", installHint: "Get it\u001B at example.org" } },
    `The credential plugin "asdic-no-such-plugin" of user "jane" (context "prod") is not installed.`,
    "Get it at example.org",
  ],
  [
    "a plugin that fails",
    { exec: { command: "sh", args: ["-c", "echo 'session\nexpired' >&2; exit 1"] } },
    `The credential plugin "sh" of user "jane" (context "prod") failed: session expired.`,
    undefined,
  ],
  [
    "a plugin that prints something else",
    { exec: { command: "echo", args: ["hello"] } },
    `The credential plugin "echo" of user "jane" (context "prod") failed: what it printed is no ExecCredential.`,
    undefined,
  ],
] as const)
  test(`${name} is told by name`, async () => {
    const cluster = await connect(await writeKubeconfig(insecure, user));
    await assert.rejects(cluster.get(node), (error) => {
      assert.ok(isKnownError(error));
      assert.deepEqual([error.code, error.message], ["credentials-expired", message]);
      if (hint) assert.equal(error.hint, hint);
      return true;
    });
  });

test("a missing certificate file is told by its path", async () => {
  const options = await writeKubeconfig(insecure, { "client-certificate": "jane.crt", "client-key": "jane.key" });
  const cluster = await connect(options);
  await assert.rejects(cluster.get(node), {
    code: "invalid-kubeconfig",
    message: new RegExp(`The file ${options.folder}/jane\\.crt, .* cannot be read \\(ENOENT\\)`),
  });
});

test("over plain http no credentials are sent unless the kubeconfig accepts that", async () => {
  const cluster = await connect(await writeKubeconfig({ server: echo.address }, { token: "t" }));
  await cluster.get(node);
  assert.equal(echo.received.at(-1)?.headers.authorization, undefined);
});

test("requests share connections", async () => {
  const cluster = await connect(await writeKubeconfig(insecure, {}));
  await cluster.get(node);
  const before = echo.connections();
  for (let index = 0; index < 20; index++) await cluster.get(node);
  assert.equal(echo.connections(), before);
});

test("a login that ran out tells which user of which context, and how to go on", async () => {
  const { address } = await startApiServer((_request, response) => replay(response, "unauthorized"));
  const cluster = await connect(await writeKubeconfig({ server: address }, { token: "t" }));
  await assert.rejects(
    cluster.get(node),
    (error) => isKnownError(error) && error.message.includes(`user "jane" (context "prod")`) && (error.hint ?? "").includes("token"),
  );
});

test("without any kubeconfig, what was looked for is said", async () => {
  const folder = await writeFolder({});
  await assert.rejects(connect({ environment: { HOME: folder } }), {
    code: "invalid-kubeconfig",
    message: `No kubeconfig was found: neither --kubeconfig nor KUBECONFIG is given, and the default is ${folder}/.kube/config.`,
  });
});

const certificates = await makeCertificates("localhost");
const tlsServer = createServer({ cert: certificates.cert, key: certificates.key }, (request, response) =>
  answerJson(response, { ...object, auth: request.headers.authorization ?? "" }),
);
await new Promise<void>((resolve) => tlsServer.listen(0, "127.0.0.1", resolve));
after(() => tlsServer.close());
const { port } = tlsServer.address() as AddressInfo;
const secure = { server: `https://127.0.0.1:${port}`, "certificate-authority-data": Buffer.from(certificates.ca).toString("base64") };

test("TLS is checked against certificate-authority-data and tls-server-name", async () => {
  const reach = async (cluster: object) => (await connect(await writeKubeconfig(cluster, { token: "t" }))).get(node);
  assert.equal((await reach({ ...secure, "tls-server-name": "localhost" }))["auth"], "Bearer t");
  assert.equal((await reach({ server: secure.server, "insecure-skip-tls-verify": true }))["auth"], "Bearer t");
  await assert.rejects(reach(secure), { code: "cluster-unreachable", message: /its certificate is for another name/ });
  await assert.rejects(reach({ server: secure.server, "tls-server-name": "localhost" }), {
    code: "cluster-unreachable",
    message: /signed by another authority/,
  });
  await assert.rejects(reach({ ...insecure, server: echo.address.replace("http", "https") }), { code: "cluster-unreachable", message: /does not speak TLS/ });
});

test("a proxy is used where proxy-url or the environment wants one, and named without its password when it fails", async () => {
  const targets: string[] = [];
  const proxy = createHttpServer().on("connect", (request, socket) => {
    targets.push(`${request.url} ${request.headers["proxy-authorization"] ?? "-"}`);
    const upstream = connectTcp(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  after(() => proxy.close());
  const address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const far = { ...secure, server: "https://localhost.example:6443", "tls-server-name": "localhost" };
  const direct = await connect(await writeKubeconfig({ ...far, "proxy-url": `http://u:p@${address}` }, {}));
  await direct.get(node);
  const byEnvironment = await connect({ ...(await writeKubeconfig(far, {})), environment: { https_proxy: address } });
  await byEnvironment.get(node);
  assert.deepEqual(targets, [`localhost.example:6443 Basic ${Buffer.from("u:p").toString("base64")}`, "localhost.example:6443 -"]);
  const broken = await connect(await writeKubeconfig({ ...far, "proxy-url": "http://u:p@127.0.0.1:1" }, {}));
  await assert.rejects(
    broken.get(node),
    (error) => isKnownError(error) && /through the proxy 127\.0\.0\.1:1: .*connection refused/.test(error.message) && !error.message.includes("u:p"),
  );
});

test("in a pod, the service account's token, authority and namespace are used", async () => {
  const folder = await writeFolder({ token: "pod-token\n", "ca.crt": certificates.ca, namespace: "asdic" });
  const environment = { KUBERNETES_SERVICE_HOST: "localhost", KUBERNETES_SERVICE_PORT: String(port) };
  const cluster = await connectInCluster({ environment, folder });
  assert.equal(cluster.namespace, "asdic");
  assert.equal((await cluster.get(node))["auth"], "Bearer pod-token");
});

test("outside a pod, or without a token in it, that is said", async () => {
  await assert.rejects(connectInCluster({ environment: {} }), { code: "invalid-kubeconfig", message: /is in no pod/ });
  const folder = await writeFolder({ "ca.crt": certificates.ca });
  await assert.rejects(connectInCluster({ environment: { KUBERNETES_SERVICE_HOST: "::1", KUBERNETES_SERVICE_PORT: "1" }, folder }), {
    message: `The pod's ${folder}/token cannot be read.`,
  });
});

test("a kept connection leaves the process free to end", async () => {
  const { execFile } = await import("node:child_process");
  const { kubeconfig } = await writeKubeconfig(insecure, {});
  const code = `const { connect } = await import(${JSON.stringify(join(import.meta.dirname, "../../../core/cluster/connect.ts"))});
    await (await connect({ kubeconfig: ${JSON.stringify(kubeconfig)}, environment: {} })).get(${JSON.stringify(node)});`;
  const ended = new Promise<number | null>((resolve) => execFile(process.execPath, ["--input-type=module", "-e", code]).on("exit", resolve));
  assert.equal(await Promise.race([ended, sleep(20_000, "still running", { ref: false })]), 0);
});
