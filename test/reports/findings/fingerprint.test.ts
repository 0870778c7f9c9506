import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprintOf, type FindingDraft } from "../../../reports/findings/fingerprint.ts";

const draft = (rest: Partial<FindingDraft>): FindingDraft => ({
  id: "WL-001",
  status: "fail",
  severity: "high",
  category: "health",
  title: "t",
  message: "m",
  evidence: [],
  plugin: "checks",
  scope: "cluster",
  ...rest,
});
const of = (rest: Partial<FindingDraft>, times = 0): string => fingerprintOf(draft(rest), times);
const pod = (name: string): Partial<FindingDraft> => ({ object: { apiVersion: "v1", kind: "Pod", namespace: "a", name } });

test("it is sixteen hex digits", () => assert.match(of({}), /^[0-9a-f]{16}$/));

const same: readonly (readonly [string, Partial<FindingDraft>, Partial<FindingDraft>])[] = [
  ["pods of one Deployment", pod("web-6d5f8c7b9d-x2v4k"), pod("web-7bcdf98747-9zqrt")],
  ["pods of one DaemonSet", pod("proxy-x2v4k"), pod("proxy-bdfgh")],
  ["pods with an owner", { object: { kind: "Pod", name: "a", owner: "Job/x" } }, { object: { kind: "Pod", name: "b", owner: "Job/x" } }],
  ["ReplicaSets of one Deployment", { object: { kind: "ReplicaSet", name: "web-6d5f8c7b9d" } }, { object: { kind: "ReplicaSet", name: "web-7bcdf98747" } }],
  ["versions of one API group", { object: { apiVersion: "apps/v1", kind: "X" } }, { object: { apiVersion: "apps/v1beta1", kind: "X" } }],
  ["other words", { title: "a", message: "a", severity: "low" }, { title: "b", message: "b", severity: "high" }],
  ["a test in the files of two processes", { id: "test:e2e:a", file: "plugins/e2e/junit_01.xml" }, { id: "test:e2e:a", file: "plugins/e2e/junit_02.xml" }],
  ["a place that names the node", { node: "n", file: "plugins/p/errors/n/error.json" }, { node: "n", file: "plugins/p/errors/n/error.json" }],
];
for (const [what, one, other] of same) test(`${what} have the same one`, () => assert.equal(of(one), of(other)));

const different: readonly (readonly [string, Partial<FindingDraft>, Partial<FindingDraft>])[] = [
  ["checks", { id: "a" }, { id: "b" }],
  ["plugins", { plugin: "a" }, { plugin: "b" }],
  ["namespaces", { object: { kind: "Pod", namespace: "a", name: "x" } }, { object: { kind: "Pod", namespace: "b", name: "x" } }],
  ["pods of a StatefulSet", pod("db-0"), pod("db-1")],
  ["API groups", { object: { apiVersion: "apps/v1", kind: "X" } }, { object: { apiVersion: "batch/v1", kind: "X" } }],
  ["places of a problem", { file: "plugins/p/a" }, { file: "plugins/p/b" }],
  ["containers", { object: { name: "x", container: "a" } }, { object: { name: "x", container: "b" } }],
  ["nodes", { node: "a" }, { node: "b" }],
  ["texts moved from one part to the next", { id: "ab", plugin: "c" }, { id: "a", plugin: "bc" }],
];
for (const [what, one, other] of different) test(`different ${what} have different ones`, () => assert.notEqual(of(one), of(other)));

test("the second of two alike has another one, the same each time", () => {
  assert.notEqual(of({}), of({}, 1));
  assert.equal(of({}, 1), of({}, 1));
});
