import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeNeeds } from "../../../aggregator/launch/judge-needs.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { ResultState } from "../../../core/contract/run-status.ts";
import { definition } from "../../cli/definitions.ts";

type Ended = readonly [node: string, state: ResultState, code?: string];

describe("judgeNeeds", () => {
  const judge = (ends: readonly Ended[], required = true): string | undefined => {
    const results = createExpectedResults(() => new Date());
    for (const [node, state, code] of ends)
      results.update(results.expect("a", node), { state, ...(code !== undefined && { problem: { code, message: "m" } }), resultStatus: "failed" });
    return judgeNeeds(definition({ name: "b", needs: [{ plugin: "a", required }] }), results)?.message;
  };

  const met: readonly [string, readonly Ended[]][] = [
    ["a Job that delivered, though tests in it failed", [["global", "done"]]],
    [
      "all nodes, but for those where it can't run",
      [
        ["n1", "done"],
        ["n2", "skipped", "taint"],
        ["n3", "skipped", "platform"],
      ],
    ],
  ];
  for (const [what, ends] of met) it(`is content with ${what}`, () => assert.equal(judge(ends), undefined));

  const unmet: readonly [string, readonly Ended[], string][] = [
    ["a Job that failed", [["global", "failed", "crashed"]], "It needs the results of plugin a, which ended as failed (crashed)"],
    ["a part that came when time was up", [["global", "timed-out", "timed-out"]], "It needs the results of plugin a, which ended as timed-out (timed-out)"],
    [
      "a plugin that was skipped for want of its own need",
      [["global", "skipped", "need-not-delivered"]],
      "It needs the results of plugin a, which ended as skipped (need-not-delivered)",
    ],
    [
      "one lost node of three",
      [
        ["n1", "done"],
        ["n2", "lost", "node-not-ready"],
        ["n3", "done"],
      ],
      "It needs the results of plugin a, of which 1 of 3 did not come; the first, of node n2, ended as lost (node-not-ready)",
    ],
    ["nodes where it can't run alone", [["n1", "skipped", "taint"]], "It needs the results of plugin a, which ran on no node"],
  ];
  for (const [what, ends, sentence] of unmet) it(`names ${what}`, () => assert.equal(judge(ends), sentence));

  it("lets one that is not required be as it may", () => assert.equal(judge([["global", "failed", "crashed"]], false), undefined));
});
