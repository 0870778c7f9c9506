import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { views } from "../../../../reports/html/page/page-state.ts";
import { waitUntil } from "../wait-until.ts";
import type { Stage } from "../stage.ts";

/** Themes, width, paper, and a browser without script. */
export function describeLooks(stage: Stage): void {
  describe("looks", { concurrency: 2 }, () => {
    const ground = "getComputedStyle(document.body).backgroundColor";

    test("the theme is the system's until it is switched; the address keeps the choice", async () => {
      const { page, close } = await stage.open("demo", "", { theme: "dark" });
      const dark = await page.evaluate(ground);
      await page.click("#theme");
      const light = await page.evaluate(ground);
      assert.notEqual(light, dark);
      assert.match(page.url(), /t=light$/);
      await page.reload();
      assert.equal(await page.evaluate(ground), light);
      await page.click("#theme");
      assert.equal(await page.evaluate(ground), dark);
      await close();
    });

    for (const width of [320, 640])
      test(`at ${width} pixels nothing but tables and code has to be scrolled sideways`, async () => {
        const { page, close } = await stage.open("demo", "", { width });
        for (const view of [...views, "f=0a1b2c3d4e5f6071"]) {
          await page.evaluate(`location.hash = ${JSON.stringify(`#${view}`)}`);
          await waitUntil(page, `document.documentElement.dataset.view === ${JSON.stringify(view.startsWith("f=") ? "findings" : view)}`);
          assert.ok((await page.evaluate("document.documentElement.scrollWidth")) === width, `${view} is wider than ${width}`);
        }
        await close();
      });

    test("without a script the summary, what to do first and every section can be read, and nothing is offered that needs one", async () => {
      const { page, errors, close } = await stage.openWithoutScripts("demo");
      const text = await page.locator("body").innerText();
      for (const sentence of [
        /Not all came/,
        /A container runs privileged/,
        /This browser runs no script/,
        /3 of 241 conformance tests failed/,
        /node-07/,
        /encrypted in etcd/,
        /platform@example\.test/,
      ])
        assert.match(text, sentence);
      assert.deepEqual(await page.locator("input:visible, button:visible, select:visible").count(), 0);
      assert.deepEqual(errors, []);
      await close();
    });

    test("paper has every view, findings with their evidence, addresses of links, and no controls", async () => {
      const { page, close } = await stage.open("demo", "#nodes");
      await page.emulateMedia({ media: "print" });
      await page.evaluate('dispatchEvent(new Event("beforeprint"))');
      const text = await page.locator("body").innerText();
      for (const sentence of [/Not all came/, /privileged: true/, /node-07/, /Where it comes from/]) assert.match(text, sentence);
      assert.equal(await page.locator("nav:visible, button:visible, input:visible").count(), 0);
      const address = await page.evaluate('getComputedStyle(document.querySelector("#printed-findings a[href^=http]"), "::after").content');
      assert.match(String(address), /https:\/\/kubernetes\.io/);
      await page.evaluate('dispatchEvent(new Event("afterprint"))');
      assert.equal(await page.locator("#printed-findings article").count(), 0);
      await close();
    });

    test("with colours forced upon it, what is chosen, how bad a thing is and where the reader is can still be seen", async () => {
      const { page, close } = await stage.open("demo", "#findings?q=status:fail", { colours: "forced" });
      const read = (selector: string, property: string, part = ""): Promise<unknown> =>
        page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)}), ${JSON.stringify(part)})[${JSON.stringify(property)}]`);
      assert.equal(await read('[data-facet="status:fail"]', "outlineStyle"), "solid");
      assert.notEqual(await read('[data-facet="status:fail"]', "color"), await page.evaluate(ground));
      assert.equal(await read("nav [aria-current]", "outlineStyle"), "solid");
      assert.notEqual(await read(".severity.critical", "backgroundColor", "::before"), await page.evaluate(ground));
      assert.notEqual(
        await read(".severity.low, .severity.medium", "backgroundColor", "::before"),
        await read(".severity.critical", "backgroundColor", "::before"),
      );
      await close();
    });

    test("who wants no motion gets none", async () => {
      const { page, close } = await stage.open("demo", "", { motion: "reduce" });
      assert.equal(await page.evaluate('getComputedStyle(document.querySelector("nav a")).transitionDuration'), "0s");
      await close();
    });
  });
}
