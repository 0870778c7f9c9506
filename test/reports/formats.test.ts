import assert from "node:assert/strict";
import { test } from "node:test";
import { SaxesParser } from "saxes";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { nothingHidden } from "../../aggregator/status/nothing-hidden.ts";
import { formatNames } from "../../reports/format-names.ts";
import { formats } from "../../reports/formats.ts";
import type { Run } from "../../reports/run.ts";
import { summarize } from "../../reports/summarize.ts";
import { reportOf } from "./small-report.ts";
import { smallRun } from "./small-run.ts";

/** Each is put between two words that must still be found, in this order, in every format. */
const hostile: readonly string[] = [
  "<script>alert(1)</script>",
  "</style></title><img src=x onerror=alert(1)>",
  "\"' onmouseover=alert(1) x='",
  "]]> ]]> ]]\u0000> <![CDATA[",
  "a\u0000b\u0001\u0008\u000b\u000c\u001f\u007f\u0085\u009b31m",
  "\u001b[31mred\u001b[0m \u001b]8;;http://example.com\u0007link\u001b]8;;\u0007 \u001b[2J",
  "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
  "line one\nline two\r\nline three\u2028four",
  "\ud800 alone \udc00 \uffff \ufeff",
  "emoji 👩‍👩‍👧 🏴 ünïcödé 日本語",
  "{{constructor}} {{{lookup this 'x'}}} &amp; &#x3c; %s ${1}",
  "x".repeat(100_000),
  "javascript:alert(1)",
  "__proto__",
];

const marked = (text: string, index: number): string => `begin-${index} ${text} end-${index}`;
const markers = hostile.flatMap((_, index) => [`begin-${index}`, `end-${index}`]);

const hostileTree: ResultItem = {
  name: hostile[0] ?? "",
  status: "failed",
  meta: { type: "summary" },
  items: hostile.map((text, index) => ({
    name: `suite ${text}`,
    status: "failed",
    meta: { type: "node" },
    items: [
      { name: marked(text, index), status: "failed", details: { failure: text, "system-out": text, classname: text, duration: "NaN" } },
      { name: text, status: "skipped", details: { skipped: text } },
      { name: text, status: "passed", details: { "system-out": text, [text]: text, nested: { [text]: [text, 1] } } },
      { name: text, status: text },
      { name: text, status: "timeout", meta: { file: `errors/${text}/error.json` }, details: { error: text } },
    ],
  })),
};

const hostileRun: Run = {
  path: `/runs/${hostile[1]}`,
  serverVersion: hostile[4] ?? "",
  layoutVersion: hostile[5] ?? "",
  plugins: hostile.map((text) => ({ name: text, tree: { ...hostileTree, name: text } })),
  errors: hostile.map((text) => ({ plugin: text, node: text, file: { error: text, code: text, hint: text } })),
};

/** They have room for the first ones, or for numbers alone. */
const boundedFormats: readonly string[] = ["markdown", "prometheus"];

for (const name of formatNames) {
  const { render, mediaType, extension } = formats[name];

  if (!boundedFormats.includes(name))
    test(`${name}: every failed name appears, whatever is in it`, () => {
      const rendered = render(summarize(hostileRun));
      // Findings cut a title after 512 characters.
      const isWhole = ["html", "json", "junit"].includes(name);
      for (const marker of markers) if (isWhole || marker !== "end-11") assert.ok(rendered.includes(marker), `${marker} is missing`);
      assert.ok(rendered.indexOf("begin-3") < rendered.indexOf("end-3"));
    });

  test(`${name}: nothing in it steers a terminal or turns text round`, () => {
    const rendered = render(summarize(hostileRun));
    // eslint-disable-next-line no-control-regex -- they must not be there
    assert.doesNotMatch(rendered, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    if (name !== "junit") assert.doesNotMatch(rendered, /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    assert.equal(rendered, rendered.toWellFormed());
  });

  test(`${name}: the same run gives the same bytes, and a line end at the end`, () => {
    assert.equal(render(summarize(hostileRun)), render(summarize(structuredClone(hostileRun))));
    assert.ok(render(summarize(hostileRun)).endsWith("\n"));
  });

  test(`${name}: a run without plugins is a report too`, () => {
    const rendered = render(summarize({ path: "empty.tar.gz", plugins: [], errors: [] }));
    assert.match(rendered, /incomplete|INCOMPLETE|testsuites|"status","severity"/);
  });

  test(`${name}: media type and extension are well-formed`, () => {
    assert.match(mediaType, /^[a-z]+\/[a-z+]+$/);
    assert.match(extension, /^[a-z]+(?:\.[a-z]+)?$/);
  });
}

test("html: no element but the template's own comes out of hostile text", () => {
  const page = formats.html.render(summarize(hostileRun));
  const rendered = page.replaceAll(/(<(script|style)\b[^>]*>)[^]*?(<\/\2>)/g, "$1$3");
  const tags = new Set([...rendered.matchAll(/<([a-z0-9!/]+)/gi)].map(([, tag]) => tag?.replace("/", "").toLowerCase()));
  const own =
    "!doctype html head meta title style script body svg symbol circle path rect use text a header nav p h1 main section h2 dl div dt dd bdi table caption thead tr th tbody td span h3 ul ol li strong details summary code pre figure figcaption form input label select option fieldset legend button noscript time dialog kbd footer";
  assert.deepEqual(
    [...tags].filter((tag) => !own.split(" ").includes(tag ?? "")),
    [],
  );
  assert.doesNotMatch(rendered, /<[^>]*\son[a-z]+=/i);
});

test("junit: it is well-formed XML, and its counters agree with its elements", () => {
  const counted: Counted = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  let stated: Counted = counted;
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.on("opentag", ({ name, attributes }) => {
    const field = elementCounters.get(name);
    if (field !== undefined) counted[field]++;
    if (name === "testsuites")
      stated = {
        tests: Number(attributes["tests"]),
        failures: Number(attributes["failures"]),
        errors: Number(attributes["errors"]),
        skipped: Number(attributes["skipped"]),
      };
  });
  parser.write(formats.junit.render(summarize(hostileRun))).close();
  assert.deepEqual(stated, { ...counted });
  assert.ok(counted.tests > 0 && counted.failures > 0 && counted.errors > 0 && counted.skipped > 0);
});

test("json: a parser gives every string back as it was", () => {
  const parsed = JSON.parse(formats.json.render(summarize(hostileRun))) as {
    readonly plugins: readonly { readonly name: string; readonly failed: readonly { readonly name: string }[] }[];
  };
  assert.deepEqual(
    parsed.plugins.map(({ name }) => name),
    hostile,
  );
  const names = parsed.plugins[0]?.failed.map(({ name }) => name).filter((name) => name.startsWith("begin-"));
  assert.deepEqual(names, hostile.map(marked));
});

test("every format says in its head that nothing was hidden in a run", async () => {
  const entries = smallRun.map(([name, content]): readonly [string, string] => {
    if (name === "meta/manifest.json") return [name, JSON.stringify({ ...JSON.parse(content), redaction: false })];
    return [name, name === "meta/status.json" ? JSON.stringify({ ...JSON.parse(content), notes: [nothingHidden] }) : content];
  });
  const report = await reportOf(entries);
  const words = /nothing was hidden|not redacted|redaction="off"|redaction: \{?"?state"?: ?"off"/i;
  for (const name of formatNames) assert.match(formats[name].render(report), words, name);
  assert.match(formats.junit.render(report).slice(0, 200), /<testsuites [^>]*, not redacted"/);
  assert.match(formats.prometheus.render(report).split("\n")[2] ?? "", /redaction="off"/);
});

type Counted = { tests: number; failures: number; errors: number; skipped: number };
const elementCounters: ReadonlyMap<string, keyof Counted> = new Map([
  ["testcase", "tests"],
  ["failure", "failures"],
  ["error", "errors"],
  ["skipped", "skipped"],
]);
