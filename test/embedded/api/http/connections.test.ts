import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { duplexPair } from "node:stream";
import { test } from "node:test";
import { connect as connectTls } from "node:tls";
import { startApiServer } from "../../../../embedded/api/http/start-api-server.ts";
import { openServer } from "./open-server.ts";

test("a port in use is an error that says so", async () => {
  const [first, second] = [await openServer(), await openServer()];
  const options = { api: second.api, ...second.parts, port: first.server.port, signal: new AbortController().signal };
  await assert.rejects(startApiServer(options), { code: "EADDRINUSE" });
});

test("a connection of the pod network is served as one of the port", async () => {
  const { server, parts } = await openServer();
  const [ours, theirs] = duplexPair();
  server.serveConnection(ours);
  const client = connectTls({ socket: theirs, ca: parts.identity.caPem, servername: "kubernetes.default.svc" });
  client.write("GET /version HTTP/1.1\r\nhost: kubernetes\r\nconnection: close\r\n\r\n");
  let received = "";
  for await (const part of client) received += String(part);
  assert.match(received, /^HTTP\/1\.1 200 OK[^]*v1\.36\.3/);
});

test("closing breaks watches and idle connections off, and leaves the port free", async () => {
  const { server, open } = await openServer();
  const watch = await open("/api/v1/pods?watch=1");
  const idle = connect(server.port, "127.0.0.1");
  await once(idle, "connect");
  const ended = Promise.allSettled([once(watch, "close"), once(idle, "close")]);
  watch.on("error", () => undefined);
  idle.on("error", () => undefined);
  await server.close();
  await ended;
  await assert.rejects(once(connect(server.port, "127.0.0.1"), "connect"), { code: "ECONNREFUSED" });
});

test("hostile bytes end their own connection and nothing else", async () => {
  const { server, call, parts } = await openServer();
  const attacks = [
    "GET / HTTP/9.9\r\n\r\n",
    "GET //[::1 HTTP/1.1\r\nhost: x\r\n\r\n",
    "GET /api/v1/pods/%ff%fe HTTP/1.1\r\nhost: x\r\n\r\n",
    "\u0000".repeat(1000),
    "PATCH",
  ];
  const aborted = [
    "GET /api/v1/pods?watch=1 HTTP/1.1\r\nhost: x\r\n\r\n",
    "GET /api/v1/namespaces/space/pods/x/exec HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
  ];
  for (const text of [...attacks, ...aborted]) {
    const plain = connect(server.port, "127.0.0.1");
    plain.on("error", () => undefined);
    plain.end(text);
    const client = connectTls({ port: server.port, host: "127.0.0.1", ca: parts.identity.caPem });
    client.on("error", () => undefined);
    await once(client, "secureConnect");
    client.write(text);
    if (aborted.includes(text)) client.destroy();
    else client.end();
    client.resume();
    await once(client, "close");
  }
  assert.equal((await call("/version")).code, 200);
});

test("a request for an upgrade of what can't be upgraded is answered all the same", async () => {
  const { call } = await openServer();
  const headers = { connection: "upgrade", upgrade: "h2c" };
  const { code, body } = await call("/api/v1/namespaces/space", { headers });
  assert.deepEqual([code, body["kind"]], [200, "Namespace"]);
  assert.equal((await call("/api/v1/nonesuch", { headers })).code, 404);
  const exec = await call("/api/v1/namespaces/space/pods/none/exec", { headers: { ...headers, upgrade: "websocket" } });
  assert.deepEqual([exec.code, exec.body["message"]], [404, 'pods "none" not found']);
});
