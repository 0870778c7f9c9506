import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLimits, type LimitFlags } from "../../../../cli/run/options/limits.ts";
import { parseAll, refusal } from "./parse.ts";

const parse = (flags: LimitFlags) => parseAll(parseLimits, flags);
const resources = (...aggregatorResources: readonly string[]) => parse({ aggregatorResources }).aggregatorResources;
const usual = { requests: { cpu: "50m", memory: "96Mi" }, limits: { memory: "512Mi" } };

test("times are in seconds and sizes in bytes", () => {
  assert.deepEqual(parse({ timeout: "1h30m", maxResultSize: "1Mi" }), { runTimeoutSeconds: 5400, maxResultBytes: 1_048_576, aggregatorResources: usual });
  assert.deepEqual(parse({}), { runTimeoutSeconds: undefined, maxResultBytes: undefined, aggregatorResources: usual });
});

for (const text of ["0", "0s"])
  test(`Sonobuoy's time-out of ${text}, which is none, is the longest that there is`, () =>
    assert.equal(parse({ timeout: text }).runTimeoutSeconds, 1_728_000));

test("the aggregator's requests and limits are set, added and removed one by one", () => {
  assert.deepEqual(resources("requests.memory=256Mi,limits.memory=1Gi", "limits.ephemeral-storage=20Gi"), {
    requests: { cpu: "50m", memory: "256Mi" },
    limits: { memory: "1Gi", "ephemeral-storage": "20Gi" },
  });
  assert.deepEqual(resources("limits.memory=", "requests.cpu=2"), { requests: { memory: "96Mi", cpu: "2" }, limits: {} });
});

const refused: readonly (readonly [LimitFlags, RegExp])[] = [
  [{ timeout: "-1" }, /^--timeout -1: is no duration\.\nGive seconds/],
  [{ timeout: "481h" }, /^--timeout 481h: is longer than 20 days/],
  [{ maxResultSize: "4gb" }, /^--max-result-size 4gb: is no size/],
  [{ aggregatorResources: ["memory=1Gi"] }, /^--aggregator-resources memory=1Gi: is not of the form requests\.memory=QUANTITY/],
  [{ aggregatorResources: ["limits.gpu=1"] }, /cpu, memory or ephemeral-storage/],
  [{ aggregatorResources: ["limits.memory=lots"] }, /is not of the form/],
  [{ aggregatorResources: ["limits.cpu=-1"] }, /is not of the form/],
  [
    { aggregatorResources: ["requests.memory=2Gi"] },
    /^--aggregator-resources requests\.memory=2Gi: is more than the limit, 512Mi\.\nRaise the limit too: --aggregator-resources limits\.memory=2Gi/,
  ],
  [
    { timeout: "x", maxResultSize: "y", aggregatorResources: ["z"] },
    /^Several things can't be right\.\n--timeout x(?:.|\n)*--max-result-size y(?:.|\n)*--aggregator-resources z/,
  ],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));
