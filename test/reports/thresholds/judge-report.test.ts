import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeReport } from "../../../reports/thresholds/judge-report.ts";
import { parseThreshold, thresholdWords, type Threshold } from "../../../reports/thresholds/threshold.ts";
import { applyWaivers } from "../../../reports/waivers/apply-waivers.ts";
import { reportOf } from "../small-report.ts";
import { smallRun } from "../small-run.ts";

const incomplete = await reportOf(smallRun);
const passed = await reportOf([["plugins/p/sonobuoy_results.yaml", "name: p\nstatus: passed\nitems: [{name: a, status: passed}]\n"]]);
const failed = await reportOf([
  ["plugins/p/sonobuoy_results.yaml", "name: p\nstatus: failed\nitems: [{name: a, status: passed}, {name: b, status: failed}, {name: c, status: warned}]\n"],
]);

const word = (text: string): Threshold => parseThreshold(text) ?? assert.fail(text);
const verdict = (report: typeof failed, ...words: readonly string[]): readonly (readonly [number, string])[] =>
  judgeReport(report, words.map(word)).map(({ exitCode, sentence }) => [exitCode, sentence]);

const unjudged = "the run is incomplete, so what did not come can't be judged.";
const cases: readonly (readonly [string, ReturnType<typeof verdict>, ReturnType<typeof verdict>])[] = [
  ["a passed run crosses nothing", verdict(passed, ...thresholdWords), []],
  ["a failed run crosses fail", verdict(failed, "fail"), [[1, "--fail-on fail: 1 failed: p: b."]]],
  ["failed is another word for it", verdict(failed, "failed"), [[1, "--fail-on fail: 1 failed: p: b."]]],
  ["a failed run does not cross incomplete", verdict(failed, "incomplete"), []],
  ["a warning crosses warn", verdict(failed, "warn"), [[1, "--fail-on warn: 1 warned: p: c."]]],
  [
    "a severity counts what is as severe or more, failed or warned",
    verdict(failed, "severity=medium"),
    [[1, "--fail-on severity=medium: 2 failed or warned, first p: b."]],
  ],
  ["a severity does not count what is slighter", verdict(failed, "severity=high"), []],
  ["an incomplete run is 4 under incomplete", verdict(incomplete, "incomplete"), [[4, `--fail-on incomplete: ${unjudged}`]]],
  [
    "an incomplete run is 4 under any other, after what it crosses",
    verdict(incomplete, "not-evaluated"),
    [
      [1, "--fail-on not-evaluated: 1 not evaluated: node-facts: node-facts on win-1 was left out."],
      [4, `--fail-on not-evaluated: ${unjudged}`],
    ],
  ],
];
for (const [name, actual, expected] of cases) test(name, () => assert.deepEqual(actual, expected));

test("coverage is judged in percent of what was expected, and an incomplete run is not 4 for that alone", () => {
  const coverage = (percent: number): readonly string[] =>
    judgeReport(incomplete, [{ kind: "coverage", percent }]).map(({ exitCode, sentence }) => `${exitCode} ${sentence}`);
  assert.deepEqual(coverage(60), []);
  assert.deepEqual(coverage(60.1), ["1 --min-coverage 60.1: 3 of 5 expected results came, which is 60 %."]);
});

test("what is waived crosses nothing, and a run of which all that is missing is waived is not incomplete", () => {
  const shared = { reason: "known", owner: "ada", expires: "2027-01-31" };
  const some = applyWaivers(incomplete, [{ ...shared, id: "test:*" }], "2027-01-01");
  assert.deepEqual(
    judgeReport(some, [word("fail")]).map(({ exitCode }) => exitCode),
    [1, 4],
  );
  const all = applyWaivers(incomplete, [{ ...shared, id: "*" }], "2027-01-01");
  assert.deepEqual(judgeReport(all, [word("fail"), word("warn"), word("incomplete"), word("not-evaluated")]), []);
  const expired = applyWaivers(incomplete, [{ ...shared, id: "*" }], "2027-02-01");
  assert.equal(judgeReport(expired, [word("fail")]).length, 2);
});

test("a plugin that fails without saying in what crosses fail", async () => {
  const silent = await reportOf([["plugins/p/sonobuoy_results.yaml", "name: p\nstatus: failed\nitems: [{name: a, status: passed}]\n"]]);
  assert.deepEqual(verdict(silent, "fail"), [[1, "--fail-on fail: a plugin reports a failure."]]);
});
