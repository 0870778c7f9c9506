import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { diffRuns } from "../../../reports/diff/diff-runs.ts";
import { renderDiffHtml } from "../../../reports/diff/render-html.ts";
import { readHostile } from "../hostile/read-hostile.ts";
import { openBrowser, openContext, openPage } from "../html/open-browser.ts";
import { reportOf } from "../small-report.ts";
import { smallRun } from "../small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-diff-page-"));
const small = await reportOf(smallRun);
const hostile = [...(await readHostile()).values()];
const browser = await openBrowser();
const context = await openContext(browser);
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function open(page: string, looks: Parameters<typeof openPage>[2]): ReturnType<typeof openPage> {
  const path = join(folder, "diff.html");
  await writeFile(path, page);
  return openPage(context, pathToFileURL(path).href, looks);
}

for (const looks of [{ theme: "light" }, { theme: "dark" }, { theme: "light", width: 320 }] as const)
  test(`a comparison's page has no barrier, asks for nothing and fits: ${JSON.stringify(looks)}`, async () => {
    const earlier = await reportOf(
      smallRun.map(([name, content]) => [name, name.startsWith("plugins/smoke/") ? content.replaceAll("status: failed", "status: passed") : content]),
    );
    const { page, errors, requests, close } = await open(renderDiffHtml(diffRuns(earlier, small)), looks);
    assert.match(await page.innerText("main"), /WORSE[^]*New[^]*DNS resolves/);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    assert.ok(Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth")) <= 0);
    await page.evaluate(axe);
    assert.deepEqual(await page.evaluate("axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))"), []);
    assert.deepEqual([errors, requests], [[], []]);
    await close();
  });

test("hostile tarballs leave the page of their comparison unharmed", async () => {
  for (const report of hostile) {
    const { page, errors, requests, close } = await open(renderDiffHtml(diffRuns(small, report)), {});
    assert.equal(await page.locator("script, img, iframe, object, embed, link, base, a:not(.skip)").count(), 0);
    assert.deepEqual([errors, requests], [[], []]);
    await close();
  }
});
