import assert from "node:assert/strict";
import { SaxesParser } from "saxes";
import { parseAllDocuments } from "yaml";
import type { FormatName } from "../../../reports/format-names.ts";
import { formats } from "../../../reports/formats.ts";
import { summarize } from "../../../reports/summarize.ts";

/** What a report in a format holds steers no terminal and no build, and its reader takes it for what it is; `blank` is a page of the kind in which nothing is hostile. */
export function assertHarmlessFormat(format: FormatName, content: string, blank = emptyPage): void {
  assertPlain(`report --format ${format}`, content, format === "junit" ? controls : steering);
  if (format === "html") assertNoMarkup(content, blank);
  else readers[format]?.(content);
}

/** Nothing in a text steers a terminal; `never` is what may not be in it. */
export function assertPlain(what: string, printed: string, never = steering): void {
  const at = printed.search(never);
  assert.equal(at, -1, `${what}: ${JSON.stringify(printed.slice(Math.max(0, at - 40), at + 40))}`);
  assert.equal(printed, printed.toWellFormed());
}

// eslint-disable-next-line no-control-regex -- they must not be there
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex -- they must not be there
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const readers: { readonly [F in FormatName]?: (content: string) => void } = {
  json: (content) => JSON.parse(content) as unknown,
  sarif: (content) => JSON.parse(content) as unknown,
  junit: assertXml,
  csv: assertNoFormulas,
  prometheus: assertSamples,
  openreports: assertYaml,
  policyreport: assertYaml,
  text: assertNoCommands,
  markdown: assertNoCommands,
};

function assertXml(text: string): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.write(text).close();
}

/** The page has no more scripts and styles than a blank one, and outside of them nothing that runs, is fetched or leads to code. */
function assertNoMarkup(page: string, blank: string): void {
  const count = (text: string): number => [...text.matchAll(/<\/?(?:script|style)\b/gi)].length;
  assert.equal(count(page), count(blank));
  const outside = page.replaceAll(/<(script|style)\b[^>]*>[^]*?<\/\1>/gi, "");
  assert.doesNotMatch(outside, /<(?:img|iframe|object|embed|base|link|math|video|audio|source|frame)\b/i);
  assert.doesNotMatch(outside, /<[^>]*\son[a-z]+\s*=/i);
  assert.doesNotMatch(outside, /<[^>]*\s(?:href|src|action|srcdoc|data)\s*=\s*["']?\s*(?:javascript|data|vbscript|file|http):/i);
}

const emptyPage = formats.html.render(summarize({ path: "x.tar.gz", plugins: [], errors: [] }));

/** Each line has sixteen quoted cells, and none of them begins a formula, not even where cells are parted by something else than commas. */
function assertNoFormulas(content: string): void {
  for (const line of content.trimEnd().split("\n")) {
    assert.match(line, /^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*"){15}$/);
    assert.doesNotMatch(line, /(?:^|[,;\t|])\s*"?\s*[=+\-@＝＋－＠]/);
  }
}

/** Names and labels are the format's own, and no series is there twice. */
function assertSamples(content: string): void {
  const series = content.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  for (const line of series) assert.match(line, /^asdic_[a-z_]+(?:\{[a-z_]+="(?:[^"\\]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\]|\\["\\n])*")*\})? -?[\d.e+]+$/);
  const names = series.map((line) => line.slice(0, line.lastIndexOf(" ")));
  assert.equal(new Set(names).size, names.length);
}

function assertYaml(content: string): void {
  for (const document of parseAllDocuments(content, { uniqueKeys: true })) {
    assert.deepEqual(document.errors, []);
    const { kind } = document.toJS() as { readonly kind: unknown };
    assert.ok(["ClusterReport", "Report", "ClusterPolicyReport", "PolicyReport"].includes(String(kind)));
  }
}

/** What GitHub's and Azure's runners do when a step prints it. */
function assertNoCommands(content: string): void {
  assert.doesNotMatch(content, /^\s*::[\w-]+(?: [^\n]*)?::|##(?:vso)?\[/m);
}
