import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { waitUntil } from "../wait-until.ts";
import type { Stage } from "../stage.ts";

/** Facets, chips, groups, cards, links and the long list. */
export function describeFindings(stage: Stage): void {
  describe("findings", { concurrency: 2 }, () => {
    test("a value of each facet leaves as many as it says; a chip takes it back", async () => {
      const { page, close } = await stage.open("demo", "#findings");
      const all = await rowCount(page);
      const facets = await page.locator("#facets [data-facet]").evaluateAll((buttons) => buttons.map((button) => button.getAttribute("data-facet") ?? ""));
      assert.deepEqual(
        [...new Set(facets.map((facet) => facet.split(":")[0]))].toSorted((a = "", b = "") => a.localeCompare(b)),
        ["category", "is", "kind", "namespace", "node", "owner", "plugin", "severity", "status"],
      );
      const firstOnes = [...Map.groupBy(facets, (facet) => facet.split(":")[0]).values()].flatMap((values) => values.slice(0, 1));
      for (const facet of firstOnes) {
        const button = page.locator(`#facets [data-facet="${facet}"]`);
        const count = Number(await button.locator(".count").textContent());
        await button.click();
        assert.equal(await rowCount(page), count, facet);
        assert.equal(await page.locator(`#facets [data-facet="${facet}"]`).getAttribute("aria-pressed"), "true");
        await page.click(".chip");
        assert.equal(await rowCount(page), all);
      }
      await close();
    });

    test("back and forward go through what was chosen", async () => {
      const { page, close } = await stage.open("demo", "");
      await page.click('nav [data-view="findings"]');
      await page.click('#facets [data-facet="status:fail"]');
      const failed = await rowCount(page);
      await page.click("#finding-list .row");
      await page.waitForSelector(".finding.open");
      await page.goBack();
      await page.waitForSelector(".finding.open", { state: "detached" });
      await page.goBack();
      await page.waitForSelector("#chips li", { state: "detached" });
      await page.goForward();
      await page.waitForSelector("#chips li");
      assert.equal(await rowCount(page), failed);
      await page.goBack();
      await page.goBack();
      assert.ok(await page.isVisible("#overview"));
      await close();
    });

    test("grouped, the first groups are those of the first findings, and fold", async () => {
      const { page, close } = await stage.open("demo", "#findings");
      for (const [group, ...titles] of groups) {
        await page.selectOption("#grouping", group);
        assert.deepEqual((await page.locator("#finding-list .group .title").allTextContents()).slice(0, 2), titles);
        assert.match(page.url(), new RegExp(`#findings\\?g=${group}$`));
        const before = await rowCount(page);
        const inside = Number(await page.locator("#finding-list .group .count").first().textContent());
        await page.locator("#finding-list .group button").first().click();
        assert.equal(await rowCount(page), before - inside);
        assert.equal(await page.locator("#finding-list .group button").first().getAttribute("aria-expanded"), "false");
      }
      await close();
    });

    test("a link to a finding opens it, and its card says what, why, the evidence, what to do and where from", async () => {
      const { page, close } = await stage.open("demo", "#f=0a1b2c3d4e5f6071");
      const card = page.locator(".finding.open .card");
      const text = (await card.innerText()).replaceAll(/\s+/g, " ");
      for (const part of [
        "every right on its node",
        "privileged: true",
        "What to do",
        "kubectl -n shop edit deployment cart",
        "WL-001",
        "CIS 5.2.2",
        "resources/ns/shop/apps_v1_Deployment.json",
      ])
        assert.ok(text.includes(part), part);
      await card.getByText("Waive it").click();
      assert.match((await card.locator(".waive pre").textContent()) ?? "", /^- id: "WL-001"\n {2}object:\n {4}kind: "Deployment"\n/);
      await card.getByRole("button", { name: "Copy link" }).click();
      await waitUntil(page, 'document.querySelector(".actions .copy").textContent === "Copied"');
      assert.equal(await page.evaluate("navigator.clipboard.readText()"), page.url());
      await card.locator(".remedy .copy").click();
      await waitUntil(page, 'document.querySelector(".remedy .copy").textContent === "Copied"');
      assert.equal(await page.evaluate("navigator.clipboard.readText()"), "kubectl -n shop edit deployment cart");
      await page.reload();
      assert.equal(await page.locator(".finding.open").getAttribute("data-anchor"), "f=0a1b2c3d4e5f6071");
      await close();
    });

    test("a link to a finding that a search hides leaves the search", async () => {
      const { page, close } = await stage.open("demo", "#findings?f=0a1b2c3d4e5f6071&q=plugin:e2e");
      await page.waitForSelector('[data-anchor="f=0a1b2c3d4e5f6071"].open');
      assert.match(page.url(), /#f=0a1b2c3d4e5f6071$/);
      await close();
    });

    test("long evidence shows its beginning, and all of it when asked", async () => {
      const { page, close } = await stage.open("demo", "#findings?q=plugin:e2e");
      await page.locator("#finding-list .row").nth(1).click();
      const more = page.locator(".finding.open .evidence .more").first();
      if ((await more.count()) === 0) assert.fail("no evidence is long");
      const before = (await page.locator(".finding.open .evidence pre").allTextContents()).join("").length;
      await more.click();
      assert.ok((await page.locator(".finding.open .evidence pre").allTextContents()).join("").length > before);
      await close();
    });

    test("of 20,000 findings only what is seen is in the page, the last can be reached, and the search finds any", async () => {
      const { page, close } = await stage.open("many", "#findings");
      assert.ok((await heldRows(page)) < 80);
      assert.equal(await page.locator("#finding-list > li").first().getAttribute("aria-setsize"), "20000");
      await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
      await page.waitForSelector('#finding-list > li[aria-posinset="20000"]');
      assert.ok((await heldRows(page)) < 80);
      await page.fill("#search", '"of it 12345"');
      await page.press("#search", "Enter");
      await waitUntil(page, 'document.querySelectorAll("#finding-list > li").length === 1');
      await close();
    });
  });
}

/** What the findings can be grouped by, and the titles of the first two groups. */
const groups = [
  ["check", "WL-001 · A container runs privileged", "RB-004 · A role may read all secrets"],
  ["object", "Deployment shop/cart · container app", "ClusterRole ci-deployer"],
  ["node", "Whole cluster", "node-07"],
  ["namespace", "shop", "No namespace"],
  ["cis", "5.2.2", "5.1.2"],
] as const;

/** Of all rows, of which the page holds only those that are seen. */
const rowCount = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.querySelector("#finding-list > li")?.getAttribute("aria-setsize") ?? 0'));
const heldRows = (page: Page): Promise<number> => page.locator("#finding-list > li").count();
