import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { renderHtml } from "../reports/html/render.ts";
import { demoReport } from "../test/reports/html/demo-report.ts";
import { emptyReport, failedReport, manyFindingsReport, passedReport } from "../test/reports/html/edge-reports.ts";
import { openBrowser, openContext, openPage, type Looks } from "../test/reports/html/open-browser.ts";

/** Every picture of docs/report-review.md: which report, at which address, how it is looked at. */
const shots: readonly {
  readonly name: string;
  readonly report: keyof typeof reports;
  readonly hash: string;
  readonly looks?: Looks;
  readonly scripts?: "no-scripts";
  readonly paper?: true;
  readonly click?: string;
}[] = [
  ...(["light", "dark"] as const).flatMap((theme) => [
    { name: `overview-${theme}`, report: "demo" as const, hash: "", looks: { theme } },
    { name: `findings-${theme}`, report: "demo" as const, hash: "#findings?g=none", looks: { theme } },
    { name: `finding-${theme}`, report: "demo" as const, hash: "#f=0a1b2c3d4e5f6071", looks: { theme, height: 1100 } },
    { name: `tests-${theme}`, report: "demo" as const, hash: "#tests", looks: { theme, height: 1100 } },
    { name: `nodes-${theme}`, report: "demo" as const, hash: "#nodes", looks: { theme } },
    { name: `timeline-${theme}`, report: "demo" as const, hash: "#timeline", looks: { theme } },
  ]),
  { name: "first-open", report: "demo", hash: "", looks: { height: 1400 }, click: ".first summary" },
  { name: "findings-grouped", report: "demo", hash: "#findings?g=check&q=plugin:snapshot" },
  { name: "findings-none", report: "demo", hash: "#findings?q=ns:nowhere" },
  { name: "not-evaluated", report: "demo", hash: "#not-evaluated", click: "#not-evaluated summary", looks: { height: 1000 } },
  { name: "waivers", report: "demo", hash: "#waivers" },
  { name: "run", report: "demo", hash: "#run" },
  { name: "changes", report: "demo", hash: "#changes" },
  { name: "keys", report: "demo", hash: "", click: "#show-keys" },
  ...(["", "#findings", "#f=0a1b2c3d4e5f6071", "#tests", "#nodes", "#timeline"] as const).map((hash) => ({
    name: `narrow-${/[a-z-]+/.exec(hash)?.[0] ?? "overview"}`,
    report: "demo" as const,
    hash,
    looks: { width: 320, height: 900 },
  })),
  { name: "no-script", report: "demo", hash: "", looks: { height: 1600 }, scripts: "no-scripts" },
  { name: "forced-colours", report: "demo", hash: "#findings?q=status:fail", looks: { colours: "forced" } },
  { name: "print", report: "demo", hash: "", paper: true, looks: { width: 720 } },
  { name: "empty", report: "empty", hash: "" },
  { name: "passed", report: "passed", hash: "" },
  { name: "failed-overview", report: "failed", hash: "" },
  { name: "failed-tests", report: "failed", hash: "#tests" },
  { name: "many-overview", report: "many", hash: "" },
  { name: "many-findings", report: "many", hash: "#findings" },
];

const reports = { demo: demoReport, empty: emptyReport, passed: passedReport, failed: failedReport, many: manyFindingsReport } as const;

const { values, positionals } = parseArgs({ options: { output: { type: "string", short: "o", default: "screenshots" } }, allowPositionals: true });
const output = values.output;
const folder = await mkdtemp(join(tmpdir(), "asdic-screenshots-"));
await mkdir(output, { recursive: true });
const wanted = shots.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
for (const report of new Set(wanted.map((shot) => shot.report))) await writeFile(join(folder, `${report}.html`), renderHtml(reports[report]()));
const browser = await openBrowser();
for (const { name, report, hash, looks = {}, scripts, paper, click } of wanted) {
  const { page, errors } = await openPage(await openContext(browser, scripts), `${pathToFileURL(join(folder, `${report}.html`)).href}${hash}`, looks);
  if (click !== undefined) await page.click(click);
  if (paper) {
    await page.pdf({ path: join(output, `${name}.pdf`), format: "A4" });
    await page.emulateMedia({ media: "print" });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  }
  await page.screenshot({ path: join(output, `${name}.png`), fullPage: paper === true });
  await page.context().close();
  console.log([name, ...errors].join(": "));
}
await browser.close();
await rm(folder, { recursive: true });
