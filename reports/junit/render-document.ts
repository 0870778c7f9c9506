import { stripVTControlCharacters } from "node:util";
import type { JunitCase, JunitEnding, JunitSuite } from "./junit-suite.ts";

/** A whole JUnit document; its counters agree with its elements, and any text is safe in it. */
export function renderDocument(name: string, suites: readonly JunitSuite[]): string {
  const sums = suites.map(({ cases }) => countEndings(cases)).reduce(addTallies, noTally);
  const time = suites.reduce((sum, suite) => sum + timeOf(suite), 0);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${attribute("name", name)}${renderTally(sums)} time="${seconds(time)}">`];
  for (const [index, suite] of suites.entries()) addSuite(lines, suite, index);
  lines.push("</testsuites>", "");
  return lines.join("\n");
}

function addSuite(lines: string[], suite: JunitSuite, index: number): void {
  const { name, package: plugin, hostname, timestamp, cases } = suite;
  const place = `${attribute("name", required(name))}${attribute("package", plugin)} id="${index}"${attribute("hostname", required(hostname ?? "localhost"))}`;
  const times = ` time="${seconds(timeOf(suite))}"${timestamp === undefined ? "" : attribute("timestamp", timestamp)}`;
  lines.push(`  <testsuite${place}${renderTally(countEndings(cases))}${times}>`, "    <properties>");
  lines.push(`      <property name="plugin"${attribute("value", plugin)}/>`);
  if (hostname !== undefined) lines.push(`      <property name="node"${attribute("value", hostname)}/>`);
  lines.push("    </properties>");
  for (const one of cases) addCase(lines, one);
  lines.push("    <system-out/>", "    <system-err/>", "  </testsuite>");
}

function addCase(lines: string[], { name, className, time = 0, file, ending, output }: JunitCase): void {
  const place = file === undefined ? "" : attribute("file", file);
  const head = `    <testcase${attribute("name", name)}${attribute("classname", className)} time="${seconds(time)}"${place}`;
  if (ending.kind === "passed" && output === undefined) return void lines.push(`${head}/>`);
  lines.push(`${head}>`);
  if (ending.kind !== "passed") lines.push(renderEnding(ending));
  if (output !== undefined) lines.push(`      <system-out>${escapeText(output)}</system-out>`);
  lines.push("    </testcase>");
}

function renderEnding(ending: Exclude<JunitEnding, { readonly kind: "passed" }>): string {
  if (ending.kind === "skipped") return `      <skipped${ending.message === "" ? "" : attribute("message", ending.message)}/>`;
  const { kind, type, message, text } = ending;
  return `      <${kind}${attribute("message", message)}${attribute("type", type)}>${escapeText(text)}</${kind}>`;
}

type Tally = { readonly tests: number; readonly failures: number; readonly errors: number; readonly skipped: number };
const noTally: Tally = { tests: 0, failures: 0, errors: 0, skipped: 0 };

function countEndings(cases: readonly JunitCase[]): Tally {
  const kinds = { passed: 0, failure: 0, error: 0, skipped: 0 };
  for (const { ending } of cases) kinds[ending.kind]++;
  return { tests: cases.length, failures: kinds.failure, errors: kinds.error, skipped: kinds.skipped };
}

const addTallies = (a: Tally, b: Tally): Tally => ({
  tests: a.tests + b.tests,
  failures: a.failures + b.failures,
  errors: a.errors + b.errors,
  skipped: a.skipped + b.skipped,
});

const renderTally = ({ tests, failures, errors, skipped }: Tally): string => ` tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;

const attribute = (name: string, value: string): string => ` ${name}="${escapeAttribute(value)}"`;

/** A name that is nothing but what is removed is still a name. */
const required = (name: string): string => (xmlText(name).trim() === "" ? "unnamed" : name);

const timeOf = ({ time, cases }: JunitSuite): number => time ?? cases.reduce((sum, one) => sum + (one.time ?? 0), 0);

/** To the millisecond, never as 1e-7: it is a decimal there. */
const seconds = (time: number): string => (Number.isFinite(time) && time >= 0 && time < 1e15 ? String(Number(time.toFixed(3))) : "0");

const escapeText = (text: string): string => (unusual.test(text) ? xmlText(text).replaceAll(/[&<>\r]/g, (character) => entities[character] ?? "") : text);
const escapeAttribute = (text: string): string =>
  unusual.test(text) ? xmlText(text).replaceAll(/[&<>"\r\n\t]/g, (character) => entities[character] ?? "") : text;

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
/** Of all that is forbidden or escaped; most texts have nothing of it, and are many. */
// eslint-disable-next-line no-control-regex -- control characters are what it is for
const unusual = /[\u0000-\u001f"&<>\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;
