import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { views } from "../../../../reports/html/page/page-state.ts";
import type { Stage } from "../stage.ts";

/** What each view says first. */
const says: { readonly [view in (typeof views)[number]]: readonly RegExp[] } = {
  overview: [/Not all came: 1 expected result missing/, /What to do first/, /3 of 241 conformance tests failed/, /85 %/],
  findings: [/A container runs privileged/, /Narrow|Status/],
  tests: [/Conformance: Failed/, /4 tests failed/, /Took longest/, /Flaky/],
  nodes: [/12 nodes, 1 plugin: something failed or is missing on 1/, /node-07\s+Lost/],
  timeline: [/From start to end 48 min/, /node-facts 12 results, 1 failed or missing/],
  "not-evaluated": [/node-facts on win-01 was left out/, /Secrets are encrypted in etcd/],
  changes: [/1 worse, 10 as bad as before/, /container runtime/, /202611141000_asdic/],
  waivers: [/Expired\s+nodes@example\.test/, /Active\s+platform@example\.test/, /WL-009 · namespace old-\*\s+Unused/],
  run: [/v1\.36\.3/, /Secrets were hidden in 21 places \(names of the cluster: privacy standard\)/],
};

/** Each view alone, by its link and by its address. */
export function describeViews(stage: Stage): void {
  describe("views", { concurrency: 2 }, () => {
    test("each link shows its view and no other, and is marked", async () => {
      const { page, errors, requests, close } = await stage.open("demo");
      for (const view of views) {
        await page.click(`nav [data-view="${view}"]`);
        const shown = await page
          .locator("main > section")
          .evaluateAll((sections) => sections.filter((section) => section.checkVisibility()).map(({ id }) => id));
        assert.deepEqual(shown, [view]);
        const text = (await page.locator(`#${view}`).innerText()).replaceAll(/[ \t\n]+/g, " ");
        for (const sentence of says[view]) assert.match(text, sentence);
        assert.equal(await page.locator("nav [aria-current]").getAttribute("data-view"), view);
      }
      assert.deepEqual([errors, requests], [[], []]);
      await close();
    });

    test("the tree shows what failed, and with one press all that ran; a test opens with its text and its place in the tarball", async () => {
      const { page, close } = await stage.open("demo", "#tests");
      assert.equal(await page.textContent("#test-count"), "4 tests failed");
      await page.locator(".cases summary", { hasText: "port 4" }).click();
      assert.match(
        await page.locator(".cases details[open]").innerText(),
        /no ready endpoints[^]*In the tarball: plugins\/e2e\/results\/global\/junit_01\.xml/,
      );
      assert.equal(await page.locator(".cases .mark").count(), 1);
      await page.getByLabel("All that ran").check();
      assert.match((await page.textContent("#test-count")) ?? "", /^25[0-9] tests ran$/);
      await page.getByLabel("With skipped").check();
      assert.match((await page.textContent("#test-count")) ?? "", /^37[0-9] tests in all$/);
      await page.fill("#test-search", "sig-auth");
      assert.match((await page.textContent("#test-count")) ?? "", /^60 tests/);
      await close();
    });

    test("where nothing failed the tree shows what ran", async () => {
      const { page, close } = await stage.open("passed", "#tests");
      assert.equal(await page.textContent("#test-count"), "40 tests ran");
      assert.equal(await page.locator(".cases > li").count(), 40);
      await close();
    });

    test("a suite of 7,500 comes by the hundred", async () => {
      const { page, close } = await stage.open("suite", "#tests");
      assert.match((await page.textContent("#test-count")) ?? "", /tests failed$/);
      await page.getByLabel("With skipped").check();
      assert.equal(await page.textContent("#test-count"), "7,500 tests in all");
      await page.locator("#test-tree summary").first().click();
      await page.waitForSelector(".cases > li");
      assert.equal(await page.locator(".cases > li").count(), 100);
      await page.locator("#test-tree .more").click();
      assert.equal(await page.locator(".cases > li").count(), 200);
      await close();
    });

    test("a node leads to its findings, and nodes are found by name", async () => {
      const { page, close } = await stage.open("demo", "#nodes");
      await page.fill("#node-search", "win");
      assert.equal(await page.locator("#node-rows tr").count(), 1);
      await page.fill("#node-search", "");
      await page.getByRole("link", { name: "node-07" }).click();
      assert.ok(await page.isVisible("#findings"));
      assert.match((await page.textContent("#finding-list")) ?? "", /node-facts on node-07 is lost/);
      await close();
    });

    test("what was not evaluated says what it lacked, and the rules that would change it", async () => {
      const { page, close } = await stage.open("demo", "#not-evaluated");
      await page.locator("#not-evaluated summary", { hasText: "etcd" }).click();
      assert.match(
        await page.locator("#not-evaluated").innerText(),
        /It lacked get on nodes\/proxy on node-01\.[^]*kind: ClusterRole[^]*resources: \[nodes\/proxy\]/,
      );
      await close();
    });

    test("a number of the first screen leads to what is behind it", async () => {
      const { page, close } = await stage.open("demo");
      await page.getByRole("link", { name: "Show findings: Security" }).click();
      assert.equal(await page.inputValue("#search"), "cat:security status:fail status:warn -is:active");
      assert.equal(await page.locator("#finding-list > li").count(), 3);
      await close();
    });
  });
}
