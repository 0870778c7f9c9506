import { stripVTControlCharacters } from "node:util";
import type { JunitCase, JunitEnding, JunitSuite } from "./junit-suite.ts";

/** A whole JUnit document; its counters agree with its elements, and any text is safe in it. */
export function renderDocument(name: string, suites: readonly JunitSuite[]): string {
  const rendered = suites.map((suite, index) => renderSuite(suite, index));
  const all = suites.flatMap(({ cases }) => cases);
  const time = suites.reduce((sum, suite) => sum + timeOf(suite), 0);
  const head = `<testsuites${attributes([["name", name], ...counters(all), ["time", seconds(time)]])}>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...rendered, "</testsuites>", ""].join("\n");
}

function renderSuite(suite: JunitSuite, index: number): string {
  const head = attributes([
    ["name", required(suite.name)],
    ["package", suite.package],
    ["id", String(index)],
    ["hostname", required(suite.hostname ?? "localhost")],
    ...counters(suite.cases),
    ["time", seconds(timeOf(suite))],
    ...(suite.timestamp === undefined ? [] : [["timestamp", suite.timestamp] as const]),
  ]);
  const properties = [["plugin", suite.package] as const, ...(suite.hostname === undefined ? [] : [["node", suite.hostname] as const])];
  const lines = properties.map(
    ([name, value]) =>
      `      <property${attributes([
        ["name", name],
        ["value", value],
      ])}/>`,
  );
  return [
    `  <testsuite${head}>`,
    "    <properties>",
    ...lines,
    "    </properties>",
    ...suite.cases.map(renderCase),
    "    <system-out/>",
    "    <system-err/>",
    "  </testsuite>",
  ].join("\n");
}

function renderCase({ name, className, time = 0, file, ending, output }: JunitCase): string {
  const head = attributes([["name", name], ["classname", className], ["time", seconds(time)], ...(file === undefined ? [] : [["file", file] as const])]);
  const below = [...renderEnding(ending), ...(output === undefined ? [] : [`      <system-out>${escapeText(output)}</system-out>`])];
  return below.length === 0 ? `    <testcase${head}/>` : [`    <testcase${head}>`, ...below, "    </testcase>"].join("\n");
}

function renderEnding(ending: JunitEnding): readonly string[] {
  if (ending.kind === "passed") return [];
  if (ending.kind === "skipped") return [`      <skipped${ending.message === "" ? "" : attributes([["message", ending.message]])}/>`];
  const { kind, type, message, text } = ending;
  return [
    `      <${kind}${attributes([
      ["message", message],
      ["type", type],
    ])}>${escapeText(text)}</${kind}>`,
  ];
}

/** A name that is nothing but what is removed is still a name. */
const required = (name: string): string => (xmlText(name).trim() === "" ? "unnamed" : name);

type Attribute = readonly [name: string, value: string];
const attributes = (pairs: readonly Attribute[]): string => pairs.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("");

const counters = (cases: readonly JunitCase[]): readonly Attribute[] =>
  (
    [
      ["tests", undefined],
      ["failures", "failure"],
      ["errors", "error"],
      ["skipped", "skipped"],
    ] as const
  ).map(([name, kind]) => [name, String(kind === undefined ? cases.length : cases.filter(({ ending }) => ending.kind === kind).length)]);

const timeOf = ({ time, cases }: JunitSuite): number => time ?? cases.reduce((sum, one) => sum + (one.time ?? 0), 0);

/** To the millisecond, never as 1e-7: it is a decimal there. */
const seconds = (time: number): string => (Number.isFinite(time) && time >= 0 && time < 1e15 ? String(Number(time.toFixed(3))) : "0");

const escapeText = (text: string): string => xmlText(text).replaceAll(/[&<>\r]/g, (character) => entities[character] ?? "");
const escapeAttribute = (text: string): string => xmlText(text).replaceAll(/[&<>"\r\n\t]/g, (character) => entities[character] ?? "");

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
  "\n": "&#xA;",
  "\t": "&#x9;",
};

/** Without colours and other escape sequences; what XML 1.0 forbids or discourages is marked as `\u{…}`, and halves of surrogate pairs become U+FFFD. */
const xmlText = (text: string): string =>
  stripVTControlCharacters(text.toWellFormed()).replaceAll(forbidden, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);

// eslint-disable-next-line no-control-regex -- control characters are what it is for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
