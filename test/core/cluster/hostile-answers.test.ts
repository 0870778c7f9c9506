import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { inspect } from "node:util";
import { clusterFailure } from "../../../core/cluster/failure.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { answerJson, startApiServer } from "./api-server.ts";

let respond: (response: ServerResponse) => void = () => undefined;
const { cluster } = await startApiServer((_request, response) => respond(response));
const node = { apiVersion: "v1", kind: "Node", name: "n" };

async function failWith(answer: (response: ServerResponse) => void) {
  respond = answer;
  const error: unknown = await cluster.get(node).catch((reason: unknown) => reason);
  assert.ok(isKnownError(error), inspect(error));
  return error;
}

test("a server's words are one capped line without control, escape and bidi characters", async () => {
  const message = `bad\u001B[2J\r\nnews\u0000\u202Eevil ${"x".repeat(100_000)}`;
  const error = await failWith((response) =>
    answerJson(response, { kind: "Status", reason: "In\u001Bvalid", message, details: { name: "\u001B]0;x\u0007" } }, 422),
  );
  // oxlint-disable-next-line no-control-regex
  assert.doesNotMatch(`${error.message}${clusterFailure(error)?.reason}`, /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
  assert.match(error.message, /bad \[2J news evil x+…$/);
  assert.ok(error.message.length < 1200);
});

test("no error shows the credentials that were sent", async () => {
  for (const status of [400, 401, 403, 404, 409, 500]) {
    const error = await failWith((response) => answerJson(response, { kind: "Status", message: "no" }, status));
    assert.doesNotMatch(inspect(error, { depth: 10 }), /secret-token/);
  }
});

test("an HTML page instead of a Status is not quoted", async () => {
  const error = await failWith((response) => response.writeHead(403, { "content-type": "text/html" }).end("<html>Sign in <script>"));
  assert.equal(error.message, `You may not get Node "n".`);
  assert.equal(clusterFailure(error)?.message, "HTTP status 403");
});

test("a page with status 200 is no API server", async () => {
  const error = await failWith((response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in"));
  assert.equal(error.code, "cluster-unreachable");
  assert.match(error.message, /is no Kubernetes API server\.$/);
});

for (const [name, body] of [
  ["a number", 7],
  ["a list", []],
  ["null", null],
] as const)
  test(`${name} instead of an object is no API server`, async () => {
    assert.match((await failWith((response) => answerJson(response, body))).message, /is no Kubernetes API server\.$/);
  });

test("an answer that breaks off is told as a broken connection", async () => {
  const error = await failWith((response) => {
    response.writeHead(200, { "content-length": "1000" }).write("{");
    setTimeout(() => response.destroy(), 10);
  });
  assert.equal(error.code, "cluster-unreachable");
});

test("a list whose items are odd gives those that are objects", async () => {
  respond = (response) => answerJson(response, { metadata: {}, items: [null, 7, { metadata: { name: "n" } }, {}] });
  const names = [];
  for await (const page of cluster.list({ apiVersion: "v1", kind: "Node" })) names.push(...page.map(({ metadata }) => metadata.name));
  assert.deepEqual(names, ["n", ""]);
});
