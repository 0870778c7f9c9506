import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { answerJson, replay, startApiServer } from "./api-server.ts";

const node = { apiVersion: "v1", kind: "Node", name: "n" };
const object = { apiVersion: "v1", kind: "Node", metadata: { name: "n" } };

test("fetch gives any status, headers and the body as it comes", async () => {
  const { cluster, received } = await startApiServer((_request, response) => response.writeHead(418, { "x-odd": "1" }).end("teapot"));
  const answer = await cluster.fetch({ method: "PUT", path: "/a/b", query: { c: "d e" }, headers: { range: "bytes=0-1" }, body: Buffer.from("ü") });
  assert.deepEqual([answer.status, answer.headers["x-odd"], await text(answer.body)], [418, "1", "teapot"]);
  const { method, path, query, headers, body } = received[0] ?? {};
  assert.deepEqual([method, path, query?.get("c"), headers?.range, headers?.["content-length"], body], ["PUT", "/a/b", "d e", "bytes=0-1", "2", "ü"]);
});

test("a server's address may have a path of its own", async () => {
  const { connection, received } = await startApiServer((_request, response) => answerJson(response, object));
  const cluster = openCluster({ ...connection, server: `${connection.server}/k8s/clusters/c-1` });
  await cluster.get(node);
  assert.equal(received[0]?.path, "/k8s/clusters/c-1/api/v1/nodes/n");
});

test("a get is tried three times more when the server fails, then given up", async () => {
  let failures = 3;
  const { cluster, received } = await startApiServer((_request, response) => {
    if (failures-- > 0) response.writeHead(503).end();
    else answerJson(response, object);
  });
  assert.equal((await cluster.get(node)).metadata.name, "n");
  assert.equal(received.length, 4);
  failures = 4;
  await assert.rejects(cluster.get(node), { code: "cluster-unreachable" });
  assert.equal(received.length, 8);
});

test("a creation is sent once, whatever the server's failure", async () => {
  const { cluster, received } = await startApiServer((_request, response) => response.writeHead(500).end());
  await assert.rejects(cluster.create(object), { code: "cluster-refused" });
  assert.equal(received.length, 1);
});

test("a creation that breaks off is not sent again", async () => {
  const { cluster, received } = await startApiServer((_request, response) => response.destroy());
  await assert.rejects(cluster.create(object), { code: "cluster-unreachable" });
  assert.equal(received.length, 1);
});

test("a creation that the server did not look at (429 with Retry-After) is sent again when it says", async () => {
  let isFirst = true;
  const { cluster, received } = await startApiServer((_request, response) => {
    if (isFirst) response.writeHead(429, { "retry-after": "0" }).end();
    else answerJson(response, object);
    isFirst = false;
  });
  await cluster.create(object);
  assert.equal(received.length, 2);
});

test("a refusal is not tried again", async () => {
  const { cluster, received } = await startApiServer((_request, response) => replay(response, "forbidden-list"));
  await assert.rejects(cluster.get(node));
  assert.equal(received.length, 1);
});

test("a server that falls silent is given up after the idle time", async () => {
  const { cluster } = await startApiServer(() => undefined, { idle: 50 });
  await assert.rejects(
    cluster.get(node),
    (error) => isKnownError(error) && error.code === "cluster-unreachable" && error.message.endsWith("cannot be reached: no answer in time."),
  );
});

test("a body that falls silent ends with a KnownError, and one that nobody reads hurts nobody", async () => {
  const { cluster } = await startApiServer((_request, response) => void response.writeHead(200).write("x"), { idle: 50 });
  const read = await cluster.fetch({ path: "/" });
  await cluster.fetch({ path: "/" });
  await assert.rejects(text(read.body), { code: "cluster-unreachable" });
  await sleep(100);
});

test("fetch waits longer where it is told to", async () => {
  const { cluster } = await startApiServer((_request, response) => setTimeout(() => response.end("late"), 150), { idle: 50 });
  const answer = await cluster.fetch({ path: "/", idleSeconds: 5 });
  assert.equal(await text(answer.body), "late");
});

test("a connection that never comes about is given up", async () => {
  // It takes connections but never speaks TLS.
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const identity = { label: "", loginHint: "", proxy: undefined };
  const cluster = openCluster(
    { server: `https://127.0.0.1:${port}`, namespace: undefined, identity, authenticate: () => Promise.resolve({}) },
    { connect: 50, idle: 60_000, backOff: 1 },
  );
  await assert.rejects(cluster.get(node), {
    code: "cluster-unreachable",
    message: `The API server https://127.0.0.1:${port} cannot be reached: no connection within 0.05 s.`,
  });
  server.close();
});

test("the signal's reason ends a request before it is sent, while it waits, between tries, and while its body is read", async () => {
  const { cluster, received } = await startApiServer(({ path }, response) => {
    if (path === "/body") response.writeHead(200).write("x");
    if (path === "/api/v1/nodes/busy") response.writeHead(429, { "retry-after": "30" }).end();
  });
  const reason = new Error("enough");
  await assert.rejects(cluster.get(node, AbortSignal.abort(reason)), (error) => error === reason);
  assert.equal(received.length, 0);
  for (const name of ["silent", "busy"]) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 50);
    await assert.rejects(cluster.get({ ...node, name }, stop.signal), (error) => error === reason);
  }
  const stop = new AbortController();
  const { body } = await cluster.fetch({ path: "/body", signal: stop.signal });
  stop.abort(reason);
  await assert.rejects(text(body), (error) => error === reason);
});

test("a kept connection that the server closes is replaced without a word", async () => {
  const { cluster, connections } = await startApiServer((_request, response) => {
    const { socket } = response;
    answerJson(response, object);
    setTimeout(() => socket?.destroy(), 1);
  });
  for (let index = 0; index < 30; index++) {
    await cluster.get(node);
    await sleep(index % 3);
  }
  assert.ok(connections() > 1);
});
