import assert from "node:assert/strict";
import { test } from "node:test";
import { readOrMakeRunToken } from "../../../aggregator/ingest/run-token.ts";
import { startApiServer, answerJson } from "../../core/cluster/api-server.ts";
import { runSpec } from "../run-spec.ts";

const path = "/api/v1/namespaces/asdic/secrets/asdic-token";
const signal = AbortSignal.timeout(10_000);

/** An API server that has the Secret with this content, and takes changes of it. */
async function startServer(data?: Record<string, string>) {
  let secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "asdic-token" }, ...(data && { data }) };
  const server = await startApiServer((request, response) => {
    assert.equal(request.path, path);
    if (request.method === "PATCH") secret = { ...secret, ...JSON.parse(request.body) };
    answerJson(response, secret);
  });
  return { ...server, kept: () => secret.data?.["token"] };
}

test("an empty Secret gets a token of 64 digits, which the next aggregator takes over", async () => {
  const { cluster, kept } = await startServer();
  const token = await readOrMakeRunToken(cluster, runSpec, signal);
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.equal(Buffer.from(kept() ?? "", "base64").toString(), token);
  assert.equal(await readOrMakeRunToken(cluster, runSpec, signal), token);
});

test("a token that a person has put there stays", async () => {
  const { cluster, received } = await startServer({ token: Buffer.from("mine\n").toString("base64") });
  assert.equal(await readOrMakeRunToken(cluster, runSpec, signal), "mine");
  assert.deepEqual(
    received.map(({ method }) => method),
    ["GET"],
  );
});
