import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mostRows, pageResults } from "../../../aggregator/status/page-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";

function expectMany(plugins: readonly string[], nodes: number): ReturnType<typeof createExpectedResults> {
  const results = createExpectedResults(() => new Date());
  for (const plugin of plugins) for (let index = 0; index < nodes; index += 1) results.expect(plugin, `node-${index}.example`);
  return results;
}

describe("pageResults", () => {
  for (const limit of [1, 7, 10, 11, 40, 1000])
    it(`gives each result once over all pages of ${limit}`, () => {
      const results = expectMany(["one", "two"], 20);
      const seen: string[] = [];
      for (let after: string | undefined, pages = 0; pages < 50; pages += 1) {
        const page = pageResults(results.all(), { after, limit });
        assert.ok(page !== undefined && page.rows.length <= limit);
        seen.push(...page.rows.map(({ plugin, node }) => `${plugin}/${node}`));
        if (page.next === undefined) break;
        after = page.next;
      }
      assert.deepEqual(
        seen,
        [...results.all()].map(({ plugin, node }) => `${plugin}/${node}`),
      );
    });

  it("gives all where no limit is named, up to a bound", () => {
    assert.deepEqual(pageResults(expectMany(["one"], 30).all(), {})?.next, undefined);
    const page = pageResults(expectMany(["one", "two"], mostRows).all(), {});
    assert.deepEqual([page?.rows.length, page?.next], [mostRows, `one/node-${mostRows - 1}.example`]);
  });

  it("knows no page behind a result that isn't there, and an empty one behind the last", () => {
    const results = expectMany(["one"], 3);
    assert.equal(pageResults(results.all(), { after: "one/node-9.example" }), undefined);
    assert.deepEqual(pageResults(results.all(), { after: "one/node-2.example", limit: 5 }), { rows: [], next: undefined });
  });
});
