import assert from "node:assert/strict";
import { test } from "node:test";
import { SaxesParser } from "saxes";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import { renderJunit } from "../../../reports/junit/render.ts";
import { summarize } from "../../../reports/summarize.ts";

/** What the one test case of a plugin "p" with this leaf has below it: element, its message, its text. */
function elementsBelow(leaf: Omit<ResultItem, "name">): readonly (readonly string[])[] {
  const tree = { name: "p", status: leaf.status, meta: { type: "summary" }, items: [{ name: "t", ...leaf }] };
  const rendered = renderJunit(summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree }], errors: [] }));
  const found: string[][] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    open.push(name);
    if (open.at(-2) === "testcase") found.push([name, attributes["message"] ?? "", ""]);
  });
  const addText = (text: string): void => {
    const last = found.at(-1);
    if (open.at(-2) === "testcase" && last !== undefined) last[2] += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => void open.pop());
  parser.write(rendered).close();
  return found;
}

const cases: readonly (readonly [string, Omit<ResultItem, "name">, readonly (readonly string[])[]])[] = [
  ["a pass has nothing below it", { status: "passed", details: { "system-out": "fine" } }, []],
  ["a skip keeps its reason", { status: "skipped", details: { skipped: "needs <two> nodes" } }, [["skipped", "needs <two> nodes", ""]]],
  ["a skip without a reason has none", { status: "skipped" }, [["skipped", "", ""]]],
  [
    "a failure keeps its first line as message, its text and output",
    { status: "failed", details: { failure: "one & only\n  two", "system-out": "said" } },
    [
      ["failure", "one & only", "one & only\n  two"],
      ["system-out", "", "said"],
    ],
  ],
  ["a time-out without text is a failure", { status: "timeout" }, [["failure", "timeout", ""]]],
  ["CDATA ends in a text end nothing", { status: "failed", details: { failure: "a]]>b]]>c" } }, [["failure", "a]]>b]]>c", "a]]>b]]>c"]]],
  ["what XML forbids is marked", { status: "failed", details: { failure: "a\u0000b\uffff" } }, [["failure", "a\\u{0}b\\u{ffff}", "a\\u{0}b\\u{ffff}"]]],
  ["tabs and line ends stay in a message", { status: "skipped", details: { skipped: "a\tb\nc" } }, [["skipped", "a\tb\nc", ""]]],
  ["colour codes go, with their tails", { status: "failed", details: { failure: "\u001b[31mred\u001b[0m" } }, [["failure", "red", "red"]]],
  ["a word of a plugin's own is told", { status: "warned" }, [["system-out", "", "status: warned"]]],
  [
    "what is unknown is no pass, and the run not complete",
    { status: "" },
    [
      ["skipped", "not evaluated: its result is unknown", ""],
      ["error", "Not all can be judged: 1 plugin without a known result.", ""],
    ],
  ],
  ["a run error is an error", { status: "failed", meta: { file: "errors/global/error.json" }, details: { error: "no image" } }, [["error", "t", "no image"]]],
];

for (const [name, leaf, expected] of cases) test(name, () => assert.deepEqual(elementsBelow(leaf), expected));

test("a run that is incomplete has an error, even when no plugin tells of one", () => {
  const rendered = renderJunit(summarize({ path: "x.tar.gz", plugins: [{ name: "old", tree: { name: "old", status: "unknown" } }], errors: [] }));
  assert.match(rendered, /<testsuites [^>]*errors="1" skipped="1"/);
  assert.match(rendered, /<error message="Not all can be judged: 1 plugin without a known result\." type="incomplete"\/>/);
});

test("every leaf is a test case with its duration, whatever its status", () => {
  const items = ["passed", "failed", "skipped", "timeout", "", "warned"].map((status, index) => ({
    name: `t${index}`,
    status,
    details: { duration: index + 0.5 },
  }));
  const rendered = renderJunit(summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree: { name: "p", status: "failed", items } }], errors: [] }));
  const found = [...rendered.matchAll(/<testcase [^>]*>/g)].map(([tag]) => [/ name="([^"]*)"/.exec(tag)?.[1], / time="([^"]*)"/.exec(tag)?.[1]]);
  const expected = items.map(({ name, details }) => [name, String(details.duration)]);
  assert.deepEqual(found.slice(0, items.length), expected);
});

test("names of 4 KB, right-to-left text and emoji survive to the letter; a message of 10 MB is cut and says so", () => {
  const name = `${"ünïcödé ".repeat(500)}👩‍👩‍👧 مرحبا \u202eabc\u202c`;
  const failure = `first\n${"x".repeat(10 * 1024 ** 2)}`;
  const items = [{ name, status: "failed", details: { failure } }];
  const rendered = renderJunit(summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree: { name: "p", status: "failed", items } }], errors: [] }));
  let [read, text] = ["", ""];
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => void (tag.name === "testcase" && (read = tag.attributes["name"] ?? "")));
  parser.on("text", (part) => void (text += part));
  parser.write(rendered).close();
  assert.equal(read, name);
  assert.ok(rendered.length < 100_000);
  assert.match(text, /… 10452998 more characters are in the tarball/);
});

test("the root has the time of all suites together", () => {
  const leaf = (name: string, duration: number): ResultItem => ({ name, status: "passed", details: { duration } });
  const items = [
    { name: "one.xml", status: "passed", items: [leaf("a", 1.25), leaf("b", 2)] },
    { name: "two.xml", status: "passed", items: [leaf("c", 0.5)] },
  ];
  const tree = { name: "p", status: "passed", meta: { type: "summary" }, items };
  const rendered = renderJunit(summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree }], errors: [] }));
  assert.match(rendered, /<testsuites [^>]*\btime="3\.75"/);
  assert.deepEqual(
    [...rendered.matchAll(/<testsuite [^>]*\btime="([\d.]+)"/g)].map(([, time]) => time),
    ["3.25", "0.5"],
  );
});

test("strictly, what should have been evaluated and was not is an error, and what was rightly left out is skipped", () => {
  const tree = {
    name: "p",
    status: "unknown",
    meta: { type: "summary" },
    items: [
      { name: "t", status: "" },
      { name: "s", status: "skipped" },
    ],
  };
  const report = summarize({ path: "x.tar.gz", plugins: [{ name: "p", tree }], errors: [] });
  const [plugin] = report.plugins;
  assert.ok(plugin);
  const left = { node: "win-1", state: "skipped", code: "platform", message: "It runs Windows." } as const;
  const rendered = renderJunit({ ...report, plugins: [{ ...plugin, notEvaluated: [left] }] }, { isStrict: true });
  assert.match(rendered, /<testcase [^>]*name="t"[^>]*>\s*<error message="not evaluated: its result is unknown" type="not-evaluated"\/?>/);
  assert.match(rendered, /<testcase [^>]*name="s"[^>]*><skipped\/>/);
  assert.match(rendered, /<testcase [^>]*name="p on win-1"[^>]*><skipped message="not evaluated: It runs Windows."\/>/);
  assert.match(rendered, /<testsuites [^>]*errors="1"/);
});
