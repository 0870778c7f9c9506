import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Stage } from "../stage.ts";

/** The keyboard alone. */
export function describeKeys(stage: Stage): void {
  describe("keys", { concurrency: 2 }, () => {
    test("/ searches from anywhere, Escape leaves the field", async () => {
      const { page, close } = await stage.open("demo");
      await page.keyboard.press("/");
      assert.equal(await page.evaluate("document.activeElement.id"), "search");
      await page.keyboard.type("sev:high j 3");
      assert.equal(await page.inputValue("#search"), "sev:high j 3");
      await page.keyboard.press("Escape");
      assert.notEqual(await page.evaluate("document.activeElement.id"), "search");
      await close();
    });

    test("j and k, and the arrows on a row, go through the list; Enter opens, Escape closes", async () => {
      const { page, close } = await stage.open("demo", "#findings");
      const focused = (): Promise<unknown> => page.evaluate('document.activeElement.closest("li")?.dataset.index');
      await page.keyboard.press("j");
      assert.equal(await focused(), "0");
      await page.keyboard.press("j");
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), "2");
      await page.keyboard.press("k");
      await page.keyboard.press("ArrowUp");
      assert.equal(await focused(), "0");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".finding.open");
      assert.equal(await focused(), "0");
      await page.keyboard.press("Escape");
      await page.waitForSelector(".finding.open", { state: "detached" });
      await close();
    });

    test("digits show the views, ? shows the keys and a button closes them", async () => {
      const { page, close } = await stage.open("demo");
      await page.keyboard.press("5");
      assert.ok(await page.isVisible("#nodes"));
      await page.keyboard.press("?");
      assert.ok(await page.isVisible("#keys"));
      await page.keyboard.press("2");
      assert.ok(await page.isVisible("#nodes"));
      await page.click("#close-keys");
      assert.ok(await page.isHidden("#keys"));
      await close();
    });

    test("Tab reaches everything: the skip link first, then views, tools, rows and facets", async () => {
      const { page, close } = await stage.open("demo", "#findings");
      const reached: string[] = [];
      await page.evaluate("document.activeElement.blur()");
      for (let presses = 0; presses < 90; presses++) {
        await page.keyboard.press("Tab");
        reached.push(
          String(
            await page.evaluate(
              "document.activeElement.id || document.activeElement.dataset.view || document.activeElement.dataset.facet || document.activeElement.className",
            ),
          ),
        );
      }
      for (const wanted of ["skip", "theme", "findings", "run", "search", "grouping", "status:fail", "row"]) assert.ok(reached.includes(wanted), wanted);
      assert.equal(reached.filter((name) => name === "row").length >= 15, true);
      await close();
    });
  });
}
