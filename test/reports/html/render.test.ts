import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { extractIsland } from "../../../reports/html/island.ts";
import { renderHtml } from "../../../reports/html/render.ts";
import { templates } from "../../../reports/html/templates.ts";
import { renderJson } from "../../../reports/json/render.ts";
import { demoReport } from "./demo-report.ts";
import { emptyReport } from "./edge-reports.ts";

const page = renderHtml(demoReport());
const markup = page.slice(0, page.indexOf('<script type="application/json"'));

test("no text passes a template unescaped", () => {
  for (const [name, text] of Object.entries(templates)) if (name.endsWith(".hbs")) assert.doesNotMatch(text, /\{\{\{|\{\{\s*&/, name);
});

test("nothing in it makes a request or handles an event in its markup", () => {
  assert.doesNotMatch(markup.replace(/<style>[^]*?<\/script>/, ""), /<link|<img|<iframe|<base|\ssrc=|url\(|@import|\son[a-z]+=|\sstyle=/i);
  assert.doesNotMatch(templates["style.css"], /url\(|@import|@font-face/);
  const outside = [...markup.matchAll(/href="([^"]*)"/g)].map(([, target]) => target ?? "").filter((target) => !target.startsWith("#"));
  assert.deepEqual([...new Set(outside)], ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"]);
});

test("its policy allows nothing but its own style and scripts, by hash", () => {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const [early, main] = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => text ?? "");
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? "";
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#x27;", "'").replaceAll("&#x3D;", "=");
  assert.equal(
    policy,
    `default-src 'none'; script-src ${hash(early ?? "")} ${hash(main ?? "")}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'; connect-src 'none'`,
  );
});

test("every id is there once, and every label, description and link within it leads somewhere", () => {
  const ids = [...markup.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id ?? "");
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  const named = [...markup.matchAll(/(?:aria-labelledby|aria-describedby)="([^"]*)"/g)].map(([, id]) => id ?? "");
  const linked = [...markup.matchAll(/href="#([^"?&]*)"/g)].map(([, id]) => id ?? "");
  for (const id of [...named, ...linked]) assert.ok(ids.includes(id), `#${id}`);
});

test("what stands between backticks is shown as code, in every section", () => {
  const text = markup.replace(/<style>[^]*?<\/script>/, "");
  for (const section of text.split('<section id="').filter((one) => /^(?:overview|changes|not-evaluated)"/.test(one)))
    assert.match(section, /<code><bdi>privileged<\/bdi><\/code>/);
  assert.doesNotMatch(text, /&#x60;/);
});

test("the canonical JSON can be taken out of it again", () => {
  assert.deepEqual(extractIsland(page), JSON.parse(renderJson(demoReport())));
  for (const other of ["<!doctype html><p>another page</p>", page.slice(0, page.indexOf("schemaVersion")), page.replace('{"schemaVersion"', "{schemaVersion")])
    assert.equal(extractIsland(other), undefined);
});

test("the same report gives the same bytes, below 3 MB beside its data", () => {
  assert.equal(renderHtml(demoReport()), page);
  const whole = renderHtml(emptyReport());
  assert.ok(whole.length < 150_000, String(whole.length));
});
