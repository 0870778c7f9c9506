import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { OpenedPage } from "../open-browser.ts";
import { waitUntil } from "../wait-until.ts";
import type { Stage } from "../stage.ts";

/** A search and the titles that it leaves, in their order; a regular expression for each. */
const searches: readonly (readonly [query: string, ...titles: readonly RegExp[]])[] = [
  ["status:fail sev:critical", /runs privileged/, /runs privileged/],
  ["sev:crit ns:shop", /runs privileged/],
  ["ns:shop", /runs privileged/],
  ["node:node-04", /Swap is on/],
  ["kind:ClusterRole", /may read all secrets/],
  ["kind:clusterrole kind:StatefulSet", /may read all secrets/, /no digest/],
  ["id:WL-001 -is:waived", /runs privileged/],
  ["id:WL-*", /privileged/, /no digest/, /privileged/],
  ["cis:5.2.2 sev:critical ns:shop", /runs privileged/],
  ["cis:5.1", /may read all secrets/],
  ["stig:V-242436 kind:ClusterRole", /.^/],
  ["nsa:pod-security ns:shop", /runs privileged/],
  ["plugin:e2e", /port 8/, /port 4/, /volume 13/],
  ["owner:Deployment/cart ns:shop", /runs privileged/],
  ["name:postgres", /no digest/],
  ["cat:node", /Swap/],
  ["category:inventory", /kubelet/],
  ["scope:node cat:node", /Swap/],
  ["is:expired", /Swap/],
  ["is:waived is:active", /privileged/, /Swap/],
  ['"no ready endpoints"', /port 4/],
  ["UNSCHEDULABLE", /volume 13/],
  ["namespace:data severity:medium", /no digest/],
  ["status:not-evaluated -plugin:node-facts", /encrypted in etcd/],
  ["status:unknown plugin:snapshot", /encrypted in etcd/],
  ["nothing-is-called-like-this", /.^/],
];

/** Every key of the search, typed as a person does. */
export function describeSearch(stage: Stage): void {
  describe("search", () => {
    let opened: OpenedPage;
    before(async () => (opened = await stage.open("demo", "#findings")));
    after(() => opened.close());

    for (const [query, ...titles] of searches)
      test(`${query} finds what it says`, async () => {
        const { page } = opened;
        await page.fill("#search", query);
        await page.press("#search", "Enter");
        const wanted = titles.filter(({ source }) => source !== ".^");
        await waitUntil(page, `document.querySelectorAll("#finding-list > li").length === ${wanted.length}`);
        const found = await page.locator("#finding-list .title").allTextContents();
        assert.deepEqual(
          found.map((title, index) => wanted[index]?.test(title)),
          wanted.map(() => true),
          found.join(" | "),
        );
        const hash = decodeURIComponent(new URL(page.url()).hash.replaceAll("+", " "));
        assert.equal(hash, `#findings?q=${query}`);
      });

    test("what is found is counted, and nothing found is said", async () => {
      const { page } = opened;
      await page.fill("#search", "ns:nowhere");
      await page.press("#search", "Enter");
      assert.match((await page.textContent("#search-count")) ?? "", /^0 of \d+ findings$/);
      assert.ok(await page.isVisible("#finding-none"));
      await page.click("#clear-search");
      assert.match((await page.textContent("#search-count")) ?? "", /^\d+ findings$/);
      assert.equal(await page.inputValue("#search"), "");
    });

    test("what is typed is searched without Enter, and leaves one entry in the history", async () => {
      const { page } = opened;
      const entries = await page.evaluate("history.length");
      await page.locator("#search").pressSequentially("plugin:e2e", { delay: 5 });
      await waitUntil(page, 'document.querySelectorAll("#finding-list > li").length === 3');
      assert.equal(await page.evaluate("history.length"), entries);
    });
  });
}
