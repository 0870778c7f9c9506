import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { diagnose } from "../../../aggregator/causes/diagnose.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";

const pod = parsePodView(JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/causes/{{kebab}}.json"), "utf8")));
const sight = { pod, podGone: false, nodeReady: true, nodeGone: false, workerContainer: "sonobuoy-worker" };

test("{{kebab}} is recognised in a real pod, with a message and what to do", () => {
  const { problem } = diagnose(sight);
  assert.equal(problem?.code, "{{kebab}}");
  assert.match(problem.message, /what the kubelet says/);
  assert.notEqual(problem.hint, "");
});

test("{{kebab}} is not seen where its container runs", () => {
  const running = pod.containers.map((container) => ({ ...container, state: "running" as const, reason: "", message: "" }));
  assert.equal(diagnose({ ...sight, pod: { ...pod, phase: "Running", containers: running } }).problem, undefined);
});
