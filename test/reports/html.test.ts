import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
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
  const section = (title: string): string => page.split(`<h3>${title}`)[1]?.split("<h3>")[0] ?? "";
  assert.match(section("Did not come, or came broken"), /Node node-2[^]*lost, node-not-ready[^]*kubectl describe node node-2/);
  assert.match(section("Not evaluated"), /Node win-1[^]*skipped, platform/);
  assert.match(section("Failed (1)"), /DNS resolves &lt;kubernetes\.default&gt;/);
});

const decode = (text: string): string => text.replaceAll("&#x27;", "'").replaceAll("&#x3D;", "=");
