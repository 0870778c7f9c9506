import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { renderHtml } from "../../../reports/html/render.ts";
import { describeAccess } from "./browser/access.ts";
import { describeFindings } from "./browser/findings.ts";
import { describeHostile } from "./browser/hostile.ts";
import { describeKeys } from "./browser/keys.ts";
import { describeLooks } from "./browser/looks.ts";
import { describeSearch } from "./browser/search.ts";
import { describeViews } from "./browser/views.ts";
import { demoReport } from "./demo-report.ts";
import { emptyReport, failedReport, largeSuiteReport, manyFindingsReport, passedReport } from "./edge-reports.ts";
import { openBrowser, openContext, openPage } from "./open-browser.ts";
import type { Stage } from "./stage.ts";

/** All that is tried in a browser, in one browser: starting it costs more than a test. */
const folder = await mkdtemp(join(tmpdir(), "asdic-page-"));
const browser = await openBrowser();
const context = await openContext(browser);
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

const reports = {
  demo: demoReport,
  empty: emptyReport,
  passed: passedReport,
  failed: failedReport,
  suite: largeSuiteReport,
  many: manyFindingsReport,
} as const;
const written = new Map<string, Promise<string>>();
const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
};
let texts = 0;
const addressOf = (name: keyof typeof reports): Promise<string> => {
  const url = written.get(name) ?? write(`${name}.html`, renderHtml(reports[name]()));
  written.set(name, url);
  return url;
};
const stage: Stage = {
  open: async (name, hash = "", looks = {}) => openPage(context, `${await addressOf(name)}${hash}`, looks),
  openWithoutScripts: async (name) => openPage(await openContext(browser, "no-scripts"), await addressOf(name)),
  openText: async (text, hash = "") => openPage(context, `${await write(`text-${texts++}.html`, text)}${hash}`),
};

describeSearch(stage);
describeFindings(stage);
describeViews(stage);
describeKeys(stage);
describeLooks(stage);
describeAccess(stage);
describeHostile(stage);
