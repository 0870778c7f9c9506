import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { planVerdict, type VerdictFlags } from "../../../cli/run/verdict.ts";
import { reportOf } from "../../reports/small-report.ts";
import { smallRun } from "../../reports/small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-verdict-"));
after(() => rm(folder, { recursive: true }));
await writeFile(join(folder, "all.yaml"), 'waivers:\n- {id: "*", reason: r, owner: o, expires: 2027-01-31}\n');

const passed = await reportOf([["plugins/p/sonobuoy_results.yaml", "name: p\nstatus: passed\nitems: [{name: a, status: passed}]\n"]]);
const failed = await reportOf([["plugins/p/sonobuoy_results.yaml", "name: p\nstatus: failed\nitems: [{name: a, status: failed}]\n"]]);
const incomplete = await reportOf(smallRun);

/** What a run that was judged by these flags ends with, and what is said about it. */
async function judge(report: typeof passed, flags: VerdictFlags, now = "2027-01-01"): Promise<readonly [number | undefined, number]> {
  let [code, lines]: [number | undefined, number] = [undefined, 0];
  const verdict = await planVerdict(
    {
      output: { out() {}, err: () => void lines++, isTerminal: false, columns: 80, colours: false },
      environment: {},
      signal: new AbortController().signal,
      now: () => new Date(now),
      cwd: folder,
      setExitCode: (given) => (code = given),
    },
    { ...flags, wait: true, retrieve: true },
  );
  if (verdict !== undefined) verdict.judge(verdict.waive(report));
  return [code, lines];
}

const cases: readonly (readonly [string, Awaited<ReturnType<typeof judge>>, readonly [number | undefined, number]])[] = [
  ["without such flags nothing is judged anew", await judge(failed, {}), [undefined, 0]],
  ["a run that fails slightly passes a grave threshold", await judge(failed, { failOn: [{ kind: "severity", least: "high" }] }), [0, 0]],
  ["a run that fails crosses fail", await judge(failed, { failOn: [{ kind: "fail" }] }), [1, 1]],
  ["who asks for coverage alone still fails for what failed", await judge(failed, { minCoverage: 10 }), [1, 1]],
  ["a run that passes with its coverage ends with 0", await judge(passed, { minCoverage: 100 }), [0, 0]],
  ["an incomplete run is 4, before 1", await judge(incomplete, { minCoverage: 100 }), [4, 3]],
  ["waivers turn a failure into 0", await judge(failed, { waivers: "all.yaml" }), [0, 0]],
  ["and what is missing too", await judge(incomplete, { waivers: "all.yaml" }), [0, 0]],
  ["until they have expired", await judge(failed, { waivers: "all.yaml" }, "2027-02-01"), [1, 1]],
];
for (const [name, actual, expected] of cases) test(name, () => assert.deepEqual(actual, expected));
