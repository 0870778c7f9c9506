import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startEmbedded } from "../../embedded/start-embedded.ts";
import type { Difference } from "./differential/compare-answers.ts";
import { compareAnswers, renderDifference } from "./differential/compare-answers.ts";
import { parseExchanges } from "./differential/exchange.ts";
import { isKnown, knownDifferences } from "./differential/known-differences.ts";
import { openTarget } from "./differential/open-target.ts";
import { replay } from "./differential/replay.ts";

/** Three nodes as the lab has them, and nothing else. */
const world = ["control-plane", "worker-1", "worker-2"]
  .map((name) => {
    const isControlPlane = name === "control-plane";
    const labels = isControlPlane ? { "node-role.kubernetes.io/control-plane": "", "node.kubernetes.io/exclude-from-external-load-balancers": "" } : {};
    const spec = isControlPlane ? { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] } : {};
    const status = { capacity: { cpu: "4", memory: "8Gi", "ephemeral-storage": "60Gi", pods: "110" } };
    return JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name, labels }, spec, status });
  })
  .join("\n---\n");

describe("the embedded cluster, asked what a run and kubectl asked a real one", () => {
  const exchanges = [...parseExchanges("run"), ...parseExchanges("kubectl")];
  let differences: readonly Difference[];
  before(async () => {
    const end = new AbortController();
    after(() => end.abort());
    const folder = await mkdtemp(join(tmpdir().length > 40 ? "/tmp" : tmpdir(), "asdic-"));
    const programs = join(import.meta.dirname, "../../dist");
    const cluster = await startEmbedded({ folder, programs, ownImage: () => false, world: { text: world, name: "world" }, port: 0, signal: end.signal });
    const target = openTarget(cluster.kubeconfig);
    try {
      const answers = await replay(target, exchanges);
      differences = exchanges.flatMap((exchange) => compareAnswers(exchange, answers.get(exchange.id)));
    } finally {
      target.close();
      await cluster.close();
    }
  });

  it("answers each request with the same status code, reason, message and shape, but for the known differences", () => {
    const unknown = differences.filter((difference) => !knownDifferences.some((known) => isKnown(difference, known)));
    assert.ok(unknown.length === 0, `${unknown.length} differences that known-differences.ts does not list:\n${unknown.map(renderDifference).join("\n")}`);
  });

  it("still differs in every way that is listed", () => {
    const vanished = knownDifferences.filter((known) => !differences.some((difference) => isKnown(difference, known)));
    assert.deepEqual(
      vanished.map(({ reason }) => reason),
      [],
    );
  });

  it("differs in few ways", () => assert.ok(knownDifferences.length < 25));
});
