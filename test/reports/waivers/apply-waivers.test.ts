import assert from "node:assert/strict";
import { test } from "node:test";
import type { Waiver } from "../../../core/contract/report/waiver-file.ts";
import { applyWaivers } from "../../../reports/waivers/apply-waivers.ts";
import { reportOf } from "../small-report.ts";
import { smallRun } from "../small-run.ts";

const report = await reportOf(smallRun);
const shared = { reason: "known", owner: "ada", expires: "2027-01-31" };
const fingerprint = report.findings.find(({ title }) => title.startsWith("DNS"))?.fingerprint ?? "";

/** Titles of the findings that a waiver fits. */
const waivedBy = (waiver: Partial<Waiver>): readonly string[] =>
  applyWaivers(report, [{ ...shared, ...waiver }], "2027-01-01")
    .findings.filter((finding) => finding.waiver?.state === "active")
    .map(({ title }) => title);

const lost = "node-facts on node-2 is lost";
const cases: readonly (readonly [string, Partial<Waiver>, readonly string[]])[] = [
  ["a fingerprint waives its finding", { fingerprint }, ["DNS resolves <kubernetes.default>"]],
  ["an id waives its findings", { id: "node-not-ready" }, [lost]],
  ["a glob waives all that it fits", { id: "test:*" }, ["DNS resolves <kubernetes.default>", "1.1.2 file ownership"]],
  ["an id and a fingerprint must both fit", { id: "node-not-ready", fingerprint }, []],
  ["a node narrows it", { id: "*", object: { node: "node-*" } }, [lost]],
  ["a plugin narrows it", { id: "*", object: { plugin: "cis" } }, ["1.1.2 file ownership"]],
  ["kind and name of an object narrow it", { id: "*", object: { kind: "Node", name: "win-1" } }, ["node-facts on win-1 was left out"]],
  ["what is about no object fits no selector of one", { id: "test:smoke:*", object: { namespace: "*" } }, []],
];
for (const [name, waiver, titles] of cases) test(name, () => assert.deepEqual(waivedBy(waiver), titles));

test("a waiver holds until the end of its day, then its findings say that it has expired", () => {
  const stateOn = (today: string): unknown =>
    applyWaivers(report, [{ ...shared, id: "node-not-ready" }], today).findings.find(({ title }) => title === lost)?.waiver?.state;
  assert.deepEqual([stateOn("2027-01-31"), stateOn("2027-02-01")], ["active", "expired"]);
});

test("a waiver that holds is preferred to one that has expired", () => {
  const waivers = [
    { ...shared, id: "node-not-ready", expires: "2026-01-01", owner: "bob" },
    { ...shared, id: "node-*" },
  ];
  assert.equal(applyWaivers(report, waivers, "2027-01-01").findings.find(({ title }) => title === lost)?.waiver?.owner, "ada");
});

test("the report lists all waivers: in use, unused and expired, with how many findings each fits", () => {
  const waivers = [
    { ...shared, id: "test:*" },
    { ...shared, id: "nothing-has-this-id" },
    { ...shared, id: "node-not-ready", expires: "2026-01-01" },
  ];
  const listed = applyWaivers(report, waivers, "2027-01-01").waivers?.map(({ state, findings }) => [state, findings]);
  assert.deepEqual(listed, [
    ["active", 2],
    ["unused", 0],
    ["expired", 1],
  ]);
});

test("nothing of a report is hidden or changed otherwise by waivers", () => {
  const { findings, waivers: _waivers, ...rest } = applyWaivers(report, [{ ...shared, id: "*" }], "2027-01-01");
  const { findings: before, ...same } = report;
  assert.deepEqual(rest, same);
  assert.deepEqual(
    findings.map(({ waiver: _waiver, ...finding }) => finding),
    before,
  );
});
