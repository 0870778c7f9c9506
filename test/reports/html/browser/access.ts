import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { views } from "../../../../reports/html/page/page-state.ts";
import { waitUntil } from "../wait-until.ts";
import type { Stage } from "../stage.ts";

/** What axe finds in every view and theme: nothing. */
export function describeAccess(stage: Stage): void {
  describe("access", { concurrency: 2 }, () => {
    // What is not colour is the same in both themes.
    for (const [theme, rules, hashes] of [
      ["light", undefined, [...views, opened, "findings?q=ns:nowhere", "findings?g=check"]],
      ["dark", ["color-contrast", "link-in-text-block"], ["overview", opened, "tests", "timeline", "waivers"]],
    ] as const)
      test(`axe finds nothing in any view, ${theme}`, async () => {
        const { page, close } = await stage.open("demo", "", { theme, height: 1600 });
        for (const [index, hash] of hashes.entries()) {
          await page.evaluate(`location.hash = ${JSON.stringify(`#${hash}`)}`);
          await waitUntil(page, `document.documentElement.dataset.view === ${JSON.stringify(hash.startsWith("f=") ? "findings" : hash.split("?")[0])}`);
          await page.evaluate('for (const one of document.querySelectorAll("main > section details")) if (one.checkVisibility()) one.open = true');
          assert.deepEqual(await findBarriers(page, { rules, within: index === 0 ? "html" : "main" }), [], hash);
        }
        await close();
      });

    for (const name of ["empty", "failed"] as const)
      test(`axe finds nothing on the first screen of the report "${name}"`, async () => {
        const { page, close } = await stage.open(name);
        assert.deepEqual(await findBarriers(page), []);
        await close();
      });
  });
}

const opened = "f=0a1b2c3d4e5f6071";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Search = { readonly rules?: readonly string[] | undefined; readonly within?: "html" | "main" };

/** Run by the debugger, which the page's policy doesn't bind. Head, foot and the rest around `main` are the same in every view. */
async function findBarriers(page: Page, { rules, within = "html" }: Search = {}): Promise<readonly string[]> {
  if ((await page.evaluate("window.axe === undefined")) === true) await page.evaluate(axe);
  const { violations } = (await page.evaluate(
    `axe.run("${within}", ${JSON.stringify({ resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: rules }) })})`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}: ${failureSummary ?? ""}`));
}
