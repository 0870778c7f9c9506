import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { templates } from "../../reports/html/templates.ts";
import { readRun } from "../../reports/read-run.ts";
import { summarize } from "../../reports/summarize.ts";
import { smallRun, writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-html-"));
after(() => rm(folder, { recursive: true }));
const page = renderHtml(summarize(await readRun(await writeTarball(folder, "small.tar.gz", smallRun))));

test("no text passes the template unescaped", () => assert.doesNotMatch(templates["page.hbs"], /\{\{\{|\{\{\s*&/));

test("it has no script, no handler and nothing that makes a request", () => {
  assert.doesNotMatch(page, /<script|<link|<img|<iframe|<base|\ssrc=|url\(|@import|https?:/i);
  assert.deepEqual(
    [...page.matchAll(/href="([^"]*)"/g)].filter(([, target]) => !target?.startsWith("#")),
    [],
  );
});

test("its policy allows nothing but its own style, by hash", () => {
  const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = decode(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "");
  assert.equal(policy, `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
});

test("every link inside it leads somewhere, and no id is there twice", () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.includes(target), `#${target}`);
});

test("lost, left out and failed are told apart", () => {
  const section = (title: string): string => new RegExp(`<h[23][^>]*>${title}</h[23]>([^]*?)<h[23]`).exec(page)?.[1] ?? "";
  assert.match(section("Did not come, or came broken"), /Node node-2[^]*lost, node-not-ready[^]*kubectl describe node node-2/);
  assert.match(section("Not evaluated"), /Node win-1[^]*skipped, platform/);
  assert.match(section(String.raw`<bdi>smoke</bdi> \(1\)`), /DNS resolves &lt;kubernetes\.default&gt;/);
});

test("what passed and what was skipped with a reason is listed with its place and time", () => {
  const section = /<section class="plugin" id="plugin-1"[^]*?<\/section>/.exec(page)?.[0] ?? "";
  assert.match(section, /✓ <bdi>Passed<\/bdi><\/span> \(1\)[^]*<h4><bdi>junit_01\.xml › smoke<\/bdi><\/h4>[^]*a pod starts[^]*1\.3 s/);
  assert.match(section, /– <bdi>Skipped<\/bdi><\/span> \(1\)[^]*a Service is reached[^]*needs two nodes that can be scheduled/);
});

const render = (items: readonly ResultItem[]): string =>
  renderHtml(summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree: { name: "p", status: "passed", items } }], errors: [] }));

test("a leaf's facts are shown as pairs, with units for people", () => {
  const shown = render([{ name: "memory", status: "passed", details: { totalBytes: 25_276_510_208, load: { oneMinute: 1.8 }, model: "<b>" } }]);
  assert.match(shown, /<dt><bdi>total<\/bdi><\/dt><dd><bdi>23\.5 GiB<\/bdi><\/dd>/);
  assert.match(shown, /<dt><bdi>load › one minute<\/bdi><\/dt><dd><bdi>1\.8<\/bdi><\/dd>/);
  assert.match(shown, /<dd><bdi>&lt;b&gt;<\/bdi><\/dd>/);
});

test("7,500 tests that a filter left out are one sentence", () => {
  const skipped: ResultItem = { name: "left out", status: "skipped", details: { skipped: "skipped" } };
  const shown = render([{ name: "t", status: "passed" }, ...Array.from({ length: 7500 }, () => skipped)]);
  assert.match(shown, /7500 were skipped without a reason\./);
  assert.doesNotMatch(shown, /left out/);
});

const decode = (text: string): string => text.replaceAll("&#x27;", "'").replaceAll("&#x3D;", "=");
