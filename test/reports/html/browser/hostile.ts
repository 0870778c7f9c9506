import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Finding } from "../../../../core/contract/report/finding.ts";
import { renderHtml } from "../../../../reports/html/render.ts";
import { readRun } from "../../../../reports/read-run.ts";
import type { RunReport } from "../../../../reports/run-report.ts";
import { summarize } from "../../../../reports/summarize.ts";
import { writeHostile } from "../../hostile/write-hostile.ts";
import { demoReport } from "../demo-report.ts";
import type { Stage } from "../stage.ts";

const texts: readonly string[] = [
  "<script>alert(1)</script>",
  "</script><script>alert(2)</script><!--",
  "<img src=x onerror=alert(3)>",
  '"><svg onload=alert(4)>',
  "javascript:alert(5)",
  "{{constructor.constructor('alert(6)')()}}",
  "\u202egnp.exe\u202c",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example.test\u0007link\u001b]8;;\u0007",
  "__proto__",
  "]]>\u2028\u2029\u0000",
  "x".repeat(10_000),
  "https://user:password@evil.example.test/",
];

/** Hostile text in every place that text comes from. */
export function describeHostile(stage: Stage): void {
  describe("hostile text", { concurrency: 2 }, () => {
    test("nothing of it runs, asks for anything or becomes an element, in any view", async () => {
      const { page, errors, requests, close } = await stage.openText(renderHtml(hostileReport()), "#findings");
      for (const view of ["findings", "tests", "nodes", "timeline", "not-evaluated", "waivers", "run", "overview"]) {
        await page.click(`nav [data-view="${view}"]`);
        if (view === "tests") await page.getByLabel("With skipped").check();
      }
      for (const [index] of texts.entries()) {
        await page.evaluate(`location.hash = "#f=${fingerprint(index)}"`);
        await page.waitForSelector(`[data-anchor="f=${fingerprint(index)}"].open`);
        const hrefs = await page.locator(".finding.open a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
        assert.deepEqual(
          hrefs.filter((href) => !href.startsWith("https://example.test/")),
          [],
        );
      }
      assert.equal(await page.locator("img, iframe, object, embed, link, base, body script ~ script ~ script").count(), 0);
      assert.doesNotMatch(await page.locator("body").innerText(), /[\u202a-\u202e\u2066-\u2069[\p{Cc}--[\n\t]]]/v);
      assert.deepEqual([errors, requests], [[], []]);
      await close();
    });

    test("none of the hostile tarballs does any harm, whatever is opened", async () => {
      const folder = await mkdtemp(join(tmpdir(), "asdic-hostile-page-"));
      for (const { name, path } of await writeHostile(folder)) {
        const { page, errors, requests, close } = await stage.openText(renderHtml(summarize(await readRun(path))));
        assert.deepEqual(await page.evaluate(openAll), [], name);
        assert.deepEqual([await page.evaluate("window.hacked"), errors, requests], [undefined, [], []], name);
        await close();
      }
      await rm(folder, { recursive: true });
    });

    test("a script that got in all the same would not run", async () => {
      const { page, close } = await stage.open("demo");
      await page.evaluate('const one = document.createElement("script"); one.textContent = "window.ran = 1"; document.body.append(one)');
      await page.evaluate(
        'document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\\"window.ran = 1\\"><p onclick=\\"window.ran = 1\\" id=p>p</p>"); document.getElementById("p").click()',
      );
      assert.equal(await page.evaluate("window.ran"), undefined);
      const refused = await page.evaluate('fetch("https://example.test/").then(() => "came", () => "refused")');
      assert.equal(refused, "refused");
      await close();
    });
  });
}

/** Opens what there is in the page, all views and the first things in them, and gives the links that lead out of it. In one go: each step of Playwright's takes frames. */
const openAll = `(async () => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const link of document.querySelectorAll("nav a")) {
    link.click();
    await painted();
    if (link.dataset.view === "tests") document.querySelector('input[name="tests"][value="all"]').click();
    for (const one of [...document.querySelectorAll("#test-tree details")].slice(0, 30)) one.open = true;
    document.querySelector("#finding-list .row")?.click();
    await painted();
  }
  return [...document.links].map((one) => one.getAttribute("href")).filter((href) => !href.startsWith("#"));
})()`;

const fingerprint = (index: number): string => index.toString(16).padStart(16, "0");

function hostileReport(): RunReport {
  const report = demoReport();
  const findings = texts.map((text, index): Finding => ({
    id: text,
    fingerprint: fingerprint(index),
    status: (["fail", "warn", "not-evaluated", "info"] as const)[index % 4] ?? "fail",
    severity: "high",
    category: text,
    title: text,
    object: { apiVersion: text, kind: text, namespace: text, name: text, owner: text, node: text, container: text, path: text },
    message: text,
    evidence: [{ label: text, lines: [text, text] }],
    remediation: { text: `Do \`${text}\` now`, command: text },
    refs: { cis: [text], url: [text, "https://example.test/ok"] },
    plugin: text,
    scope: "node",
    node: text,
    file: text,
    reasonNotEvaluated: { code: text, message: text, missing: { verb: text, resource: text, nodes: [text] }, role: text },
    waiver: { reason: text, owner: text, expires: text, state: index % 2 === 0 ? "active" : "expired" },
  }));
  const cases = texts.map((text) => ({ name: text, kind: "test" as const, status: text, output: text, facts: [{ path: [text], value: text }] }));
  const plugins = texts.map((text) => ({
    name: text,
    status: text,
    counts: { total: cases.length, passed: 0, failed: 0, skipped: 0, other: { [text]: cases.length } },
    problems: [],
    notEvaluated: [],
    failed: [{ name: text, kind: "test" as const, status: "failed", failure: text, output: text, path: [text], file: text, node: text }],
    suites: [
      {
        path: [text],
        counts: { total: 1, passed: 0, failed: 1, skipped: 0, other: {} },
        cases: [...cases, { name: text, kind: "test" as const, status: "failed", seconds: 3 }],
      },
    ],
  }));
  return {
    ...report,
    tarball: texts[1] ?? "",
    findings,
    plugins,
    run: { ...report.run, serverVersion: texts[0] ?? "", notes: texts.map((text) => ({ code: text, message: text, hint: text })) },
    matrix: { plugins: texts, grouped: false, rows: texts.map((text) => ({ nodes: [text], count: 1, states: texts })) },
    timeline: { startedAt: texts[0] ?? "", spans: texts.map((text) => ({ plugin: text, node: text, state: text, start: text, end: text })), beyond: 0 },
    provenance: { ...report.provenance, command: texts[0] ?? "", plugins: texts.map((text) => ({ name: text, image: text })) },
  };
}
