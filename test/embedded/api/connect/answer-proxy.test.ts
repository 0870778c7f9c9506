import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { test } from "node:test";
import { findFreePort } from "../../../free-port.ts";
import { backend, ports } from "./proxy-backend.ts";
import { startTestCluster } from "./test-cluster.ts";
import { buildPod, buildService, node, pods } from "./test-objects.ts";

const { backend: port, mute: silent, secure: secret } = ports;
const free = await findFreePort();

const cluster = await startTestCluster([
  node,
  ...pods,
  buildPod("web", { spec: { containers: [{ name: "main", ports: [{ name: "http", containerPort: port }] }] } }),
  buildPod("far", { status: { podIP: "10.244.9.9", podIPs: [{ ip: "10.244.9.9" }] } }),
  ...buildService("plain", { ports: [{ name: "", port: 80, targetPort: port }] }),
  ...buildService("named", {
    ports: [
      { name: "http", port: 80, targetPort: port },
      { name: "other", port: 81, targetPort: free },
    ],
  }),
  ...buildService("unready", { ports: [{ name: "", port: 80, targetPort: port }], ready: false }),
  ...buildService("foreign", { ports: [{ name: "", port: 80, targetPort: port }], target: "far" }),
  { apiVersion: "v1", kind: "Service", metadata: { name: "empty", namespace: "space" }, spec: { ports: [{ port: 80 }] } },
  { apiVersion: "v1", kind: "Service", metadata: { name: "external", namespace: "space" }, spec: { type: "ExternalName" } },
]);

const space = "/api/v1/namespaces/space";
type Asked = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: Readable };
const ask = (path: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const asking = request(`${cluster.url}${path}`, { method, headers }, resolve).on("error", reject);
    if (body === undefined) asking.end();
    else body.pipe(asking);
  });
const seen = (answer: IncomingMessage): Record<string, string> => JSON.parse(String(answer.headers["x-seen"])) as Record<string, string>;

for (const path of [
  `pods/web/proxy/`,
  `pods/web:${port}/proxy/`,
  `pods/http:web:${port}/proxy/`,
  "services/plain/proxy/",
  "services/plain:80/proxy/",
  "services/named:http/proxy/",
  "services/named:80/proxy/",
]) {
  test(`${path} leads to the pod`, async () => {
    const answer = await ask(`${space}/${path}a%2Fb//c?x=1&y=%20`);
    assert.deepEqual([answer.statusCode, answer.headers["x-url"], answer.headers["set-cookie"]], [200, "/a%2Fb//c?x=1&y=%20", ["a=1", "b=2"]]);
  });
}

test("an https upstream needs no certificate that anybody knows", async () => {
  assert.equal(await text(await ask(`${space}/pods/https:web:${secret}/proxy/`)), "secret");
});

for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
  test(`${method} with and without a body, of known length or not, passes`, async () => {
    const path = `${space}/pods/web/proxy/teapot`;
    const none = await ask(path, { method });
    assert.deepEqual([none.statusCode, none.headers["x-method"], await text(none)], [418, method, ""]);
    assert.equal(seen(none)["transfer-encoding"], undefined);
    const known = await ask(path, { method, headers: { "content-length": "4" }, body: Readable.from(["body"]) });
    assert.deepEqual([await text(known), seen(known)["content-length"]], ["body", "4"]);
    const chunked = await ask(path, { method, headers: { "transfer-encoding": "chunked" }, body: Readable.from(["bo", "dy"]) });
    assert.deepEqual([await text(chunked), seen(chunked)["transfer-encoding"]], ["body", "chunked"]);
  });
}

test("bodies are streams both ways: what is sent comes back before the request has ended", async () => {
  const body = new PassThrough();
  body.write("first");
  const answer = await ask(`${space}/pods/web/proxy/`, { method: "POST", headers: { "transfer-encoding": "chunked" }, body });
  assert.equal(String((await once(answer, "data"))[0]), "first");
  body.end("second");
  assert.equal(await text(answer), "second");
});

test("ten megabytes of anything come back as they were", async () => {
  const bytes = randomBytes(10 * 1024 * 1024);
  const answer = await ask(`${space}/services/plain/proxy/`, {
    method: "PUT",
    headers: { "content-length": String(bytes.length) },
    body: Readable.from([bytes]),
  });
  assert.equal(
    createHash("sha256")
      .update(await buffer(answer))
      .digest("hex"),
    createHash("sha256").update(bytes).digest("hex"),
  );
});

test("credentials and hop-by-hop headers stay behind, the rest and the client's address are passed on", async () => {
  const headers = {
    authorization: "Bearer x",
    "impersonate-user": "me",
    connection: "x-gone",
    "x-gone": "1",
    te: "trailers",
    "x-asdic-token": "t",
    "x-forwarded-for": "1.2.3.4",
    "user-agent": "me",
  };
  const passed = seen(await ask(`${space}/pods/web/proxy/some/`, { headers }));
  assert.deepEqual([passed["authorization"], passed["impersonate-user"], passed["x-gone"], passed["te"]], [undefined, undefined, undefined, undefined]);
  assert.deepEqual([passed["x-asdic-token"], passed["user-agent"], passed["x-forwarded-for"]], ["t", "me", "1.2.3.4, 127.0.0.1"]);
  assert.equal(passed["x-forwarded-uri"], `${space}/pods/web/proxy/some/`);
  assert.equal(passed["host"], new URL(cluster.url).host);
});

test("a range passes, and so does HEAD", async () => {
  const range = await ask(`${space}/pods/web/proxy/range`, { headers: { range: "bytes=2-3" } });
  assert.deepEqual([range.statusCode, range.headers["content-range"], await text(range)], [206, "bytes 2-3/5", "bytes=2-3"]);
  assert.deepEqual([(await ask(`${space}/pods/web/proxy/`, { method: "HEAD" })).headers["x-method"]], ["HEAD"]);
});

for (const [to, location] of [
  ["/x/y?z=1", `${space}/pods/web/proxy/x/y?z=1`],
  ["/x/", `${space}/pods/web/proxy/x/`],
  ["x/y", "x/y"],
  ["http://example.org/x", "http://example.org/x"],
  [`http://10.244.1.5:${port}/x`, `${space}/pods/web/proxy/x`],
  [`${space}/pods/web/proxy/x`, `${space}/pods/web/proxy/x`],
] as const) {
  test(`a redirect to ${to.replace(String(port), "PORT")} leads through the proxy where it must`, async () => {
    assert.equal((await ask(`${space}/pods/web/proxy/redirect?to=${encodeURIComponent(to)}`)).headers.location, location);
  });
}

test("without a slash at the end GET is redirected, and POST is not", async () => {
  const answer = await ask(`${space}/pods/web/proxy?a=b`);
  assert.deepEqual([answer.statusCode, answer.headers.location], [301, `${space}/pods/web/proxy/?a=b`]);
  assert.equal((await ask(`${space}/pods/web/proxy`, { method: "POST" })).headers["x-url"], "/");
});

/** Of v1.36.3, but for named ports of pods, at which it breaks off. */
const refusals: readonly (readonly [path: string, code: number, message: string])[] = [
  ["pods/ftp:web:80/proxy/", 400, `invalid pod request "ftp:web:80"`],
  ["pods/web:http/proxy/", 400, `invalid pod request "web:http"`],
  ["pods/nothere/proxy/", 404, `pods "nothere" not found`],
  ["pods/creating/proxy/", 400, "address not allowed"],
  [`pods/web:${free}/proxy/`, 503, `error trying to reach service: dial tcp 10.244.1.5:${free}: connect: connection refused`],
  [`pods/https:web:${port}/proxy/`, 503, "error trying to reach service: tls: first record does not look like a TLS handshake"],
  [`pods/web:${silent}/proxy/`, 503, "error trying to reach service: EOF"],
  ["pods/far:80/proxy/", 503, "error trying to reach service: dial tcp 10.244.9.9:80: connect: no route to host"],
  ["services/nothere/proxy/", 404, `services "nothere" not found`],
  ["services/external/proxy/", 404, `services "external" not found`],
  ["services/empty/proxy/", 503, `no endpoints available for service "empty"`],
  ["services/unready/proxy/", 503, `no endpoints available for service "unready"`],
  ["services/foreign/proxy/", 503, `no endpoints available for service "foreign"`],
  ["services/named/proxy/", 503, `no endpoints available for service "named"`],
  ["services/named:nope/proxy/", 503, `no endpoints available for service "named:nope"`],
  ["services/named:8080/proxy/", 503, `no service port 8080 found for service "named"`],
  ["services/named:other/proxy/", 503, `error trying to reach service: dial tcp 10.244.1.5:${free}: connect: connection refused`],
];

for (const [path, code, message] of refusals) {
  test(`${path.replaceAll(/\d{4,}/g, "PORT")} is refused with ${code}`, async () => {
    const answer = await ask(`${space}/${path}`);
    const status = JSON.parse(await text(answer)) as Record<string, unknown>;
    assert.deepEqual([answer.statusCode, status["message"]], [code, message]);
    if (code === 503) assert.equal(status["reason"], "ServiceUnavailable");
  });
}

test("an answer that breaks off does not look complete, and an early one comes though nobody read the body", async () => {
  await assert.rejects(text(await ask(`${space}/pods/web/proxy/broken`)), { code: "ECONNRESET" });
  const body = new PassThrough();
  body.write("x");
  const early = await ask(`${space}/pods/web/proxy/refuse`, { method: "POST", headers: { "transfer-encoding": "chunked" }, body });
  assert.deepEqual([early.statusCode, await text(early)], [413, "too much"]);
  body.end();
});

test("a client that goes takes its connection to the pod along", async () => {
  const arrived = once(backend, "request");
  const body = new PassThrough();
  const answer = ask(`${space}/pods/web/proxy/`, { method: "POST", headers: { "transfer-encoding": "chunked" }, body });
  body.write("x");
  const [asked] = (await arrived) as [IncomingMessage];
  const gone = new Promise((resolve) => asked.socket.once("close", resolve));
  (await answer).destroy();
  await gone;
});

test("a node's kubelet is asked by path, at its own port only", async () => {
  for (const name of ["node", "node:10250", "https:node:10250"]) {
    const answer = await ask(`/api/v1/nodes/${name}/proxy/healthz`);
    assert.deepEqual([answer.statusCode, await text(answer)], [200, "ok"]);
  }
  assert.equal((await ask("/api/v1/nodes/node/proxy/nope")).statusCode, 404);
  assert.equal((await ask("/api/v1/nodes/node/proxy")).headers.location, "/api/v1/nodes/node/proxy/");
  assert.match(await text(await ask("/api/v1/nodes/nothere/proxy/")), /nodes \\"nothere\\" not found/);
  assert.match(await text(await ask("/api/v1/nodes/node:9/proxy/")), /error trying to reach service: dial tcp 10.0.0.9:9: connect: no route to host/);
  cluster.agent.isLost = true;
  const lost = await ask("/api/v1/nodes/node/proxy/healthz");
  cluster.agent.isLost = false;
  assert.match(await text(lost), /"message":"error trying to reach service: dial tcp 10.0.0.9:10250: connect: no route to host"/);
});
