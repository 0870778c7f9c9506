import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as assertProperty, property, string } from "fast-check";
import { SaxesParser } from "saxes";
import type { TestCase } from "../../plugins/junit.ts";
import { renderJunit } from "../../plugins/junit.ts";

const passed = (name: string, output?: string): TestCase => ({ name, className: "c", seconds: 1.5, outcome: { kind: "passed" }, output });

test("a suite tells its counts, and the longest case's time, because cases run side by side", () => {
  const cases: readonly TestCase[] = [
    passed("a"),
    { ...passed("b"), seconds: 0.25, outcome: { kind: "skipped", message: "only one schedulable node" } },
    { ...passed("c"), outcome: { kind: "failure", message: "no", text: "no\nbecause" } },
    { ...passed("d"), outcome: { kind: "error", message: "bug", text: "stack" } },
  ];
  const elements = parse(renderJunit("smoke", cases));
  assert.deepEqual(elements.find(({ name }) => name === "testsuite")?.attributes, {
    name: "smoke",
    tests: "4",
    failures: "1",
    errors: "1",
    skipped: "1",
    time: "1.500",
  });
  assert.deepEqual(
    elements.filter(({ name }) => name === "testcase").map(({ attributes }) => attributes),
    ["a", "b", "c", "d"].map((name) => ({ name, classname: "c", time: name === "b" ? "0.250" : "1.500" })),
  );
  assert.deepEqual(
    elements.filter(({ name }) => ["skipped", "failure", "error"].includes(name)).map(({ name, attributes, text }) => [name, attributes["message"], text]),
    [
      ["skipped", "only one schedulable node", ""],
      ["failure", "no", "no\nbecause"],
      ["error", "bug", "stack"],
    ],
  );
});

test("hostile text comes back as it was, or as the number of each character that XML can't hold", () => {
  const cases: readonly [string, string][] = [
    [`"><script>alert('1')</script>&amp;`, `"><script>alert('1')</script>&amp;`],
    ["]]><!-- <![CDATA[", "]]><!-- <![CDATA["],
    ["two\nlines\tand\r\nmore", "two\nlines\tand\r\nmore"],
    ["\u001b[31mred\u0000", "\\u{1b}[31mred\\u{0}"],
    ["half \ud800 a pair, \uffff, \u009b", "half \\u{d800} a pair, \\u{ffff}, \\u{9b}"],
    ["😀 ü", "😀 ü"],
  ];
  for (const [text, expected] of cases) assert.deepEqual(readBack(text), { attribute: expected, content: expected });
});

test("whatever the text, the file is well-formed and the case is found under its name", () => {
  assertProperty(
    property(string({ unit: "binary" }), (text) => {
      const { attribute, content } = readBack(text);
      // A text of nothing but white space is no output; control characters are written out and so are no white space.
      assert.equal(content, attribute.trim() === "" ? "" : attribute);
      assert.ok(attribute.length >= text.length);
    }),
  );
});

function readBack(text: string): { readonly attribute: string; readonly content: string } {
  const elements = parse(renderJunit(text, [passed(text, text)]));
  return {
    attribute: elements.find(({ name }) => name === "testcase")?.attributes["name"] ?? "",
    content: elements.find(({ name }) => name === "system-out")?.text ?? "",
  };
}

type Element = { readonly name: string; readonly attributes: Record<string, string>; text: string };

/** With a parser that refuses what is not well-formed. */
function parse(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes: { ...attributes }, text: "" }));
  parser.on("text", (text) => {
    const element = elements.at(-1);
    if (element !== undefined && text.trim() !== "") element.text += text;
  });
  parser.write(xml).close();
  return elements;
}
