import assert from "node:assert/strict";
import { test } from "node:test";
import { json, openServer } from "./open-server.ts";
import { refusalCases } from "./refusal-cases.ts";

const { api, call, type } = await openServer();
api.create(type("v1", "ConfigMap"), { metadata: { name: "a", namespace: "space" } });
const maps = "/api/v1/namespaces/space/configmaps";

test("each refusal is a Status with the code, reason and words of the real server", async () => {
  for (const [line, options, code, reason, message] of refusalCases) {
    const [method = "", path = ""] = line.split(" ");
    const reply = await call(path, { method, ...options });
    assert.deepEqual([reply.code, reply.body["reason"], reply.body["message"]], [code, reason, message], `${line}: ${reply.text.slice(0, 300)}`);
    assert.deepEqual([reply.body["kind"], reply.body["status"], reply.body["code"]], ["Status", "Failure", code], line);
    assert.equal(reply.headers["content-type"], "application/json", line);
  }
});

test("what no API group knows is not even a Status", async () => {
  for (const path of ["/foo", "/apis/none/v1", "/apis/none/v1/foos", "/healthz/none", "/openapi/v4"]) {
    const { code, headers, text } = await call(path);
    assert.deepEqual([code, headers["content-type"], text], [404, "text/plain; charset=utf-8", "404 page not found\n"], path);
  }
});

test("a revision that is yet to come is a time-out with its cause", async () => {
  const { code, body, headers } = await call(`${maps}?resourceVersion=99999999`);
  assert.equal(code, 504);
  assert.match(String(body["message"]), /^Timeout: Too large resource version: 99999999, current: \d+$/);
  assert.deepEqual(body["details"], { causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }], retryAfterSeconds: 1 });
  assert.equal(headers["retry-after"], "1");
});

test("fields that nobody knows are taken with a warning", async () => {
  const body = JSON.stringify({ metadata: { name: "warned" }, 'f"ö\u0001': 1 });
  const { code, headers } = await call(maps, { method: "POST", headers: json, body });
  assert.equal(code, 201);
  const warning = Buffer.from(String(headers["warning"]), "latin1").toString("utf8");
  assert.match(warning, /^299 - "unknown field .*ö/);
});
