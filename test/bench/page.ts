import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderHtml } from "../../reports/html/render.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { largeSuiteReport, manyFindingsReport } from "../reports/html/edge-reports.ts";
import { openBrowser } from "../reports/html/open-browser.ts";
import { measureFrames } from "./page/measure-frames.ts";
import { measureOpening } from "./page/measure-opening.ts";

/** Prints how long large pages take to open, and how long the frames are in which they scroll. */
const folder = await mkdtemp(join(tmpdir(), "asdic-bench-page-"));
const browser = await openBrowser();
await measure("20,000 findings", { report: manyFindingsReport(), hash: "#findings" });
await measure("a suite of 7,500 tests", { report: largeSuiteReport(), hash: "#tests" });
await browser.close();
await rm(folder, { recursive: true });

async function measure(title: string, { report, hash }: { readonly report: RunReport; readonly hash: string }): Promise<void> {
  const start = performance.now();
  const html = renderHtml(report);
  const made = Math.round(performance.now() - start);
  const path = join(folder, "page.html");
  await writeFile(path, html);
  const url = `${pathToFileURL(path).href}${hash}`;
  const opened = [await measureOpening(browser, url), await measureOpening(browser, url), await measureOpening(browser, url)].map(Math.round);
  const frames = (await measureFrames(browser, url)).toSorted((a, b) => a - b);
  const at = (share: number): string => (frames[Math.floor((frames.length - 1) * share)] ?? 0).toFixed(1);
  console.log(`  ${title}: ${(html.length / 1e6).toFixed(1)} MB made in ${made} ms, opened in ${opened.join(", ")} ms`);
  console.log(`  scrolled in ${frames.length} frames: half under ${at(0.5)} ms, 95 % under ${at(0.95)} ms`);
}
