import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRoute } from "../../../aggregator/ingest/parse-route.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";

describe("parseRoute", () => {
  const good = [
    ["GET", "/healthz", { kind: "health" }],
    ["GET", "/asdic/v1/status?x=1", { kind: "status", page: { after: undefined } }],
    ["GET", "/asdic/v1/status?limit=500&after=my-plugin%2Fnode-1", { kind: "status", page: { after: "my-plugin/node-1", limit: 500 } }],
    ["HEAD", "/asdic/v1/tarball", { kind: "tarball" }],
    ["POST", "/asdic/v1/poll", { kind: "poll" }],
    ["PUT", "/api/v1/results/global/e2e", { kind: "result", node: "global", plugin: "e2e" }],
    ["PUT", "/api/v1/results/by-node/node-1.example/systemd-logs", { kind: "result", node: "node-1.example", plugin: "systemd-logs" }],
    ["POST", "/api/v1/progress/by-node/n/p", { kind: "progress", node: "n", plugin: "p" }],
  ] as const;
  for (const [method, target, route] of good) it(`understands ${method} ${target}`, () => assert.deepEqual(parseRoute(method, target), route));

  const bad = [
    ["GET", "/", 404],
    ["PUT", "/api/v1/results/global/", 404],
    ["PUT", "/api/v1/results/global/a/b", 404],
    ["PUT", "/api/v1/results/by-node/n", 404],
    ["PUT", "/api/v1/results/global/..", 400],
    ["PUT", "/api/v1/results/global/%2e%2e", 400],
    ["PUT", "/api/v1/results/by-node/..%2f..%2fetc/p", 400],
    ["PUT", "/api/v1/results/by-node/a%5Cb/p", 400],
    ["PUT", "/api/v1/results/global/a%00b", 400],
    ["PUT", "/api/v1/results/global/%zz", 400],
    ["GET", "/api/v1/results/global/e2e", 405],
    ["DELETE", "/asdic/v1/tarball", 405],
    ["GET", "/asdic/v1/status?limit=0", 400],
    ["GET", "/asdic/v1/status?limit=1e3", 400],
    ["GET", "/asdic/v1/status?limit=20001", 400],
  ] as const;
  for (const [method, target, status] of bad)
    it(`answers ${method} ${target} with ${status}`, () => {
      assert.throws(
        () => parseRoute(method, target),
        (error) => error instanceof Refusal && error.status === status,
      );
    });
});
