import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { runDiffSchema, type RunDiff } from "../../../core/contract/report/run-diff.ts";
import { diffRuns } from "../../../reports/diff/diff-runs.ts";
import { readRun } from "../../../reports/read-run.ts";
import { summarize } from "../../../reports/summarize.ts";
import { reportOf } from "../small-report.ts";
import { smallRun } from "../small-run.ts";

const small = await reportOf(smallRun);

/** A Sonobuoy tarball with one plugin `p`, whose tests have these statuses by name, on a server of this version. */
const treeOf = (tests: Readonly<Record<string, string>>): string =>
  JSON.stringify({ name: "p", status: "failed", items: Object.entries(tests).map(([name, status]) => ({ name, status })) });
const runOf = (tests: Readonly<Record<string, string>>, version = "v1.36.0") =>
  reportOf([
    ["plugins/p/sonobuoy_results.yaml", treeOf(tests)],
    ["serverversion.json", JSON.stringify({ gitVersion: version })],
  ]);

const summary = ({ changes }: RunDiff): readonly string[] => changes.map(({ kind, title, reason }) => [kind, title, reason?.code].filter(Boolean).join(" "));

const cases: readonly (readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]])[] = [
  ["a test that fails and passed is new", { a: "passed" }, { a: "failed" }, ["new a"]],
  ["a test that times out and passed is new", { a: "passed" }, { a: "timeout" }, ["new a"]],
  ["a test that passes and failed is fixed", { a: "failed" }, { a: "passed" }, ["fixed a"]],
  ["a test that fails and warned is worse", { a: "warned" }, { a: "failed" }, ["worse a"]],
  ["a test that warns and failed is better", { a: "failed" }, { a: "warned" }, ["better a"]],
  ["a test that fails as before is unchanged", { a: "failed" }, { a: "failed" }, ["unchanged a"]],
  ["a test that passes as before is no change", { a: "passed" }, { a: "passed" }, []],
  ["a test that fails and was not there can't be compared", { b: "passed" }, { b: "passed", a: "failed" }, ["incomparable a not-in-both"]],
  ["a test that fails and was skipped can't be compared", { a: "skipped" }, { a: "failed" }, ["incomparable a not-evaluated"]],
  ["a test that failed and is skipped can't be compared, and is not fixed", { a: "failed" }, { a: "skipped" }, ["incomparable a not-evaluated"]],
  ["ginkgo's [It] makes no other test of it", { "[It] a": "passed" }, { a: "failed" }, ["new a"]],
  ["what is new stands before what was fixed", { a: "failed", b: "passed" }, { a: "passed", b: "failed" }, ["new b", "fixed a"]],
];
for (const [name, before, after, expected] of cases)
  test(name, async () => {
    const diff = diffRuns(await runOf(before), await runOf(after));
    assert.deepEqual(summary(diff), expected);
    assert.deepEqual(runDiffSchema.parse(diff), diff);
  });

test("a test that passes in one run alone is counted and named as a gap, by reason", async () => {
  const { gaps, counts, changes } = diffRuns(await runOf({ a: "passed", b: "passed", c: "passed" }), await runOf({ a: "passed", b: "skipped", d: "passed" }));
  assert.deepEqual(changes, []);
  assert.equal(counts.incomparable, 3);
  assert.deepEqual(
    gaps.map(({ lacking, reason, count, examples }) => [lacking, reason.code, count, examples]),
    [
      ["after", "not-evaluated", 1, ["b"]],
      ["before", "not-in-both", 1, ["d"]],
      ["after", "not-in-both", 1, ["c"]],
    ],
  );
});

test("with another version of Kubernetes that is the reason, and a note says so", async () => {
  const diff = diffRuns(await runOf({ a: "passed" }, "v1.35.0"), await runOf({ a: "passed", b: "failed" }, "v1.36.0"));
  assert.deepEqual(summary(diff), ["incomparable b other-version"]);
  assert.match(diff.changes[0]?.reason?.message ?? "", /Kubernetes v1\.35\.0/);
  assert.deepEqual(
    diff.notes.map(({ code }) => code),
    ["other-version"],
  );
});

const without = (path: RegExp): Promise<typeof small> => reportOf(smallRun.filter(([name]) => !path.test(name)));

test("a run compared with itself is the same, whatever is wrong with it", () => {
  const { verdict, counts } = diffRuns(small, small);
  assert.equal(verdict, "same");
  assert.deepEqual([counts.new, counts.worse, counts.fixed, counts.better, counts.incomparable], [0, 0, 0, 0, 0]);
  assert.equal(counts.unchanged, 3);
});

test("a result that is lost and came before is new, and fixed the other way round", async () => {
  const [treePath, tree] = smallRun.find(([name]) => name === "plugins/node-facts/sonobuoy_results.yaml") ?? assert.fail();
  const allCame = smallRun
    .filter(([name]) => !name.startsWith("plugins/node-facts/errors/"))
    .map(([name, content]): readonly [string, string] => {
      if (name === treePath)
        return [
          name,
          tree
            .replaceAll("status: failed", "status: passed")
            .replace("errors/node-2/error.json", "results/node-2/facts.json")
            .replace(/name: .*node-2 has.*\n/, "name: facts.json\n"),
        ];
      return name === "meta/status.json"
        ? [name, content.replace('"state":"lost"', '"state":"done"').replace('"outcome":"incomplete"', '"outcome":"complete"')]
        : [name, content];
    });
  const whole = await reportOf(allCame);
  assert.ok(summary(diffRuns(whole, small)).includes("new node-facts on node-2 is lost"));
  assert.ok(summary(diffRuns(small, whole)).includes("fixed node-facts on node-2 is lost"));
});

test("what a plugin found that was not run before can't be compared", async () => {
  const diff = diffRuns(await without(/^plugins\/cis\//), small);
  const [change] = diff.changes.filter(({ plugin }) => plugin === "cis");
  assert.equal(change?.kind, "incomparable");
  assert.match(change?.reason?.message ?? "", /the result of cis did not come|cis was not run/);
});

test("tarballs of Sonobuoy take part, with those of asdic too", async () => {
  const read = async (name: string): Promise<typeof small> => summarize(await readRun(join(import.meta.dirname, `../../fixtures/reports/${name}.tar.gz`)));
  const failures = await read("sonobuoy-v0.53-4-failures");
  const same = diffRuns(failures, failures);
  assert.deepEqual([same.verdict, same.counts.unchanged, same.counts.passing], ["same", 4, 22]);
  assert.equal(diffRuns(await read("sonobuoy-v0.9"), await read("sonobuoy-v0.10")).verdict, "same");
  assert.equal(diffRuns(failures, small).verdict, "incomparable");
});
