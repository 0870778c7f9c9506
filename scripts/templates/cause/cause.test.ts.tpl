import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../../aggregator/causes/diagnose.ts";
import { readSight } from "./read-sight.ts";

const sight = readSight("{{kebab}}");

test("{{kebab}} is recognised in a real pod, with a message and what to do", () => {
  const { problem } = diagnose(sight);
  assert.equal(problem?.code, "{{kebab}}");
  assert.match(problem.message, /what the kubelet says/);
  assert.notEqual(problem.hint, "");
});

test("{{kebab}} is not seen where its container runs", () => {
  const running = sight.pod?.containers.map((container) => ({ ...container, state: "running" as const, reason: "", message: "" })) ?? [];
  assert.equal(diagnose({ ...sight, pod: sight.pod && { ...sight.pod, phase: "Running", containers: running } }).problem, undefined);
});
