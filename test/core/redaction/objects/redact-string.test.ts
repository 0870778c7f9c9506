import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "../redact.ts";

/** An object as JSON, as a string in JSON so many times more. */
const quote = (value: unknown, times: number): string => (times === 0 ? JSON.stringify(value) : JSON.stringify(quote(value, times - 1)));

const resource = (password: string, token: string): unknown => ({
  spec: { containers: [{ env: [{ name: "NEO4J_AUTH", value: token }], args: ["--password", password] }], snmp: { community: password } },
});

for (const times of [0, 1, 2, 3])
  test(`an object that is quoted ${times} times in an annotation is read by its structure, and stays whole`, async () => {
    const file = (password: string, token: string): string =>
      JSON.stringify({ kind: "Db", metadata: { annotations: { "example.test/last": quote(resource(password, token), times) } } });
    assert.equal((await redact("cr.json", file("hunter2Xy", "neo4j/hunter3Xy"))).text, file("REDACTED", "REDACTED"));
  });

test("a Secret that is quoted twice in an annotation of YAML shows none of its data", async () => {
  const last = JSON.stringify(quote({ kind: "Secret", apiVersion: "v1", stringData: { any: "hunter2Xy" } }, 1));
  const { text } = await redact("cr.yaml", `kind: Db\nmetadata:\n  annotations:\n    last: ${last}\n`);
  assert.ok(text.includes("REDACTED") && !text.includes("hunter2Xy"), text);
});

test("what only begins as a quoted object is read as text", async () =>
  assert.equal(
    (await redact("a.json", JSON.stringify({ a: '"{not json', b: '"{password: hunter2Xy}' }))).text,
    JSON.stringify({ a: '"{not json', b: '"{password: REDACTED}' }),
  ));

test("what was too deep inside to be read as an object is read as one elsewhere", async () => {
  const inner = JSON.stringify({ env: [{ name: "NEO4J_AUTH", value: "neo4j/hunter3Xy" }], name: "x" });
  const file = JSON.stringify({ deep: quote(inner, 7), flat: inner });
  assert.doesNotMatch((JSON.parse((await redact("a.json", file)).text) as { flat: string }).flat, /hunter3Xy/);
});

test("each of several secrets in a string is found, after others that lie in base64 or in quoted objects", async () => {
  const encode = (text: string): string => Buffer.from(text).toString("base64");
  const encoded = ["db password=Tr0mbone77xyz of the night shift", "api token=Tr0mbone78xyz of the day shift, and so on"].map(encode);
  const secret = JSON.stringify({ kind: "Secret", apiVersion: "v1", stringData: { any: "Tr0mbone79xyz" } });
  const text = `first ${encoded[0]} then ${encoded[1]} then applied ${JSON.stringify(secret)} with password=Tr0mbone80xyz`;
  const clean = (JSON.parse((await redact("a.json", JSON.stringify({ note: text }))).text) as { note: string }).note;
  const words = clean.split(" ").map((word) => Buffer.from(word, "base64").toString());
  assert.doesNotMatch(`${clean}\n${words.join("\n")}`, /Tr0mbone/);
});
