import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { redactObject } from "../../../../core/redaction/objects/redact-object.ts";
import { createTally } from "../../../../core/redaction/tally.ts";
import { redact, testRedactor } from "../redact.ts";

const run = (value: Json, redactor = testRedactor()) => {
  const tally = createTally();
  return { value: redactObject(redactor, value, { tally, depth: 0 }), tally };
};

test("an object without secrets is the very same object", () => {
  const pod = { kind: "Pod", apiVersion: "v1", metadata: { name: "a" }, spec: { containers: [{ env: [{ name: "A", value: "1" }] }] } };
  assert.equal(run(pod).value, pod);
});

test("types stay: numbers become 0, strings stay strings, base64 stays base64, and nothing else changes", () => {
  const { value, tally } = run({ password: 123456, port: 5432, token: "abc-123-def", list: ["a", true, null], data: { x: 1.5 } });
  assert.deepEqual(value, { password: 0, port: 5432, token: "REDACTED", list: ["a", true, null], data: { x: 1.5 } });
  assert.deepEqual([...tally.counts], [["secret-by-name", 2]]);
});

test("of a Secret keys and sizes stay, each value in the form that its type asks for", () => {
  const data = {
    a: Buffer.from("hunter2").toString("base64"),
    ".dockerconfigjson": Buffer.from('{"auths":{"r.example.test":{"auth":"x"}}}').toString("base64"),
  };
  const { value } = run({ apiVersion: "v1", kind: "Secret", type: "Opaque", metadata: { name: "s" }, data, stringData: { b: "x" } });
  assert.ok(isJsonObject(value) && isJsonObject(value["data"]));
  const plain = Object.fromEntries(Object.entries(value["data"]).map(([key, text]) => [key, Buffer.from(String(text), "base64").toString()]));
  assert.deepEqual(plain, { a: "REDACTED (7 bytes)", ".dockerconfigjson": '{"auths":{}}' });
  assert.deepEqual(value["stringData"], { b: "REDACTED (1 bytes)" });
  assert.deepEqual(run(value).value, value, "a second time changes nothing");
});

test("what a map called secrets holds is hidden, unless it may be the name of something", () => {
  const secrets = { one: "hunter22", two: "s3cr3t!x", three: "Xk7Pq2Lm9Rt4" };
  assert.deepEqual(run({ secrets }).value, { secrets: { one: "REDACTED", two: "REDACTED", three: "REDACTED" } });
  const names = {
    a: "app-tls-2",
    b: "db",
    c: "team/web-1",
    d: "8080",
    e: "30s",
    f: "DB_SECRET_2",
    g: "true",
    h: "https://vault.example.test/x",
    existingSecret: "db2",
  };
  for (const value of [{ secrets: names }, { secrets: { db: { file: "./db1.txt" } } }]) assert.equal(run(value).value, value);
});

test("JSON keeps its indent and the digits of its numbers", async () => {
  const { text } = await redact("a.json", '{\n    "password": "hunter2",\n    "big": 12345678901234567890\n}\n');
  assert.equal(text, '{\n    "password": "REDACTED",\n    "big": 12345678901234567890\n}\n');
});

test("a secret that is a number of many digits is hidden as any other, and counted once", async () => {
  const { text, tally } = await redact(
    "a.json",
    '{"password":12345678901234567890,"pin":98765432109876543210,"big":12345678901234567890,"clientSecret":"hunter2Xy"}',
  );
  assert.equal(text, '{"password":0,"pin":0,"big":12345678901234567890,"clientSecret":"REDACTED"}');
  assert.deepEqual([...tally.counts], [["secret-by-name", 3]]);
});

test("YAML keeps comments, order, quotes and blocks; only the secrets change", async () => {
  const text = 'b: 1 # one\na:\n  password: "hunter2" # old\n  text: |\n    keep me\n    token=abcdef123456\n  folded: >-\n    a b\n    c\n';
  const { text: clean } = await redact("a.yaml", text);
  assert.equal(clean, text.replace("hunter2", "REDACTED").replace("abcdef123456", "REDACTED"));
});

test("an object nested a hundred thousand deep is dropped instead of ending the process", async () => {
  const { tally, text } = await redact("deep.json", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`);
  assert.equal(tally.dropped.length, 1);
  assert.ok(text.includes("left this file out"));
});

test("flags for secrets hide the item behind them, and -p only behind programs that take a password so", () => {
  assert.deepEqual(
    run([
      ["--api-key", "abc"],
      ["--port", "80"],
      ["docker", "login", "-p", "x1"],
      ["ssh", "-p", "22"],
    ]).value,
    [
      ["--api-key", "REDACTED"],
      ["--port", "80"],
      ["docker", "login", "-p", "REDACTED"],
      ["ssh", "-p", "22"],
    ],
  );
});

test("with a profile, names become tokens that Kubernetes takes, the same ones everywhere", () => {
  const { value } = run(
    { a: { nodeName: "worker-1.corp" }, b: { "kubernetes.io/hostname": "worker-1.corp" }, podIP: "10.1.2.3", note: "from 10.1.2.3" },
    testRedactor("standard"),
  );
  assert.ok(isJsonObject(value) && isJsonObject(value["a"]) && isJsonObject(value["b"]));
  assert.match(String(value["a"]["nodeName"]), /^host-[0-9a-f]{8}$/);
  assert.equal(value["a"]["nodeName"], value["b"]["kubernetes.io/hostname"]);
  assert.match(String(value["podIP"]), /^241\.\d+\.\d+\.\d+$/);
  assert.equal(value["note"], `from ${String(value["podIP"])}`);
});
