import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { planListing } from "../../reports/plan-listing.ts";
import type { PluginReport } from "../../reports/run-report.ts";
import { summarize } from "../../reports/summarize.ts";

function planned(items: readonly ResultItem[]): readonly object[] {
  const { plugins } = summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree: { name: "p", status: "?", items } }], errors: [] });
  return planListing(plugins[0] as PluginReport).map(({ places, ...rest }) => ({ ...rest, listed: places.reduce((sum, { cases }) => sum + cases.length, 0) }));
}

const many = (length: number, item: Omit<ResultItem, "name">): readonly ResultItem[] => Array.from({ length }, (_, index) => ({ name: `t${index}`, ...item }));

const cases: readonly (readonly [string, readonly ResultItem[], readonly object[]])[] = [
  ["what failed is not listed again", [...many(1, { status: "failed" }), ...many(1, { status: "timeout" })], []],
  [
    "a plugin's own words come first, skips last",
    [...many(1, { status: "skipped", details: { skipped: "why" } }), ...many(2, { status: "passed" }), ...many(1, { status: "warned" })],
    [
      { status: "warned", total: 1, plain: 0, beyond: 0, listed: 1 },
      { status: "passed", total: 2, plain: 0, beyond: 0, listed: 2 },
      { status: "skipped", total: 1, plain: 0, beyond: 0, listed: 1 },
    ],
  ],
  [
    "skips that say nothing are counted only",
    [
      ...many(3, { status: "skipped", details: { skipped: " Skipped" } }),
      ...many(2, { status: "skipped" }),
      ...many(1, { status: "skipped", details: { skipped: "skipped - not here" } }),
    ],
    [{ status: "skipped", total: 6, plain: 5, beyond: 0, listed: 1 }],
  ],
  [
    "2,000 leaves are listed, failures among them",
    [...many(10, { status: "failed" }), ...many(1985, { status: "passed" }), ...many(20, { status: "skipped", details: { skipped: "why" } })],
    [
      { status: "passed", total: 1985, plain: 0, beyond: 0, listed: 1985 },
      { status: "skipped", total: 20, plain: 0, beyond: 15, listed: 5 },
    ],
  ],
];

for (const [name, items, expected] of cases) test(name, () => assert.deepEqual(planned(items), expected));
