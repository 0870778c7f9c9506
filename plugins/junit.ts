/** A test case as the JUnit writer takes it. */
export type TestCase = {
  readonly name: string;
  readonly className: string;
  readonly seconds: number;
  readonly outcome: Outcome;
  /** What it saw on the way, for people. */
  readonly output?: string | undefined;
};

export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "skipped"; readonly message: string }
  | { readonly kind: "failure" | "error"; readonly message: string; readonly text: string };

/** One suite as a JUnit file; any text is safe in it: characters that XML can't hold are written as \u{…}. */
export function renderJunit(suite: string, cases: readonly TestCase[]): string {
  const count = (kind: Outcome["kind"]): number => cases.filter(({ outcome }) => outcome.kind === kind).length;
  const seconds = cases.reduce((longest, testCase) => Math.max(longest, testCase.seconds), 0);
  const counts = { tests: cases.length, failures: count("failure"), errors: count("error"), skipped: count("skipped"), time: seconds.toFixed(3) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites>`,
    `  <testsuite${renderAttributes({ name: suite, ...counts })}>`,
    ...cases.map(renderCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function renderCase({ name, className, seconds, outcome, output }: TestCase): string {
  const opening = `    <testcase${renderAttributes({ name, classname: className, time: seconds.toFixed(3) })}>`;
  const said = output === undefined ? "" : `<system-out>${escape(output)}</system-out>`;
  return `${opening}${renderOutcome(outcome)}${said}</testcase>`;
}

function renderOutcome(outcome: Outcome): string {
  if (outcome.kind === "passed") return "";
  if (outcome.kind === "skipped") return `<skipped${renderAttributes({ message: outcome.message })}/>`;
  return `<${outcome.kind}${renderAttributes({ message: outcome.message })}>${escape(outcome.text)}</${outcome.kind}>`;
}

const renderAttributes = (attributes: Record<string, string | number>): string =>
  Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escape(String(value)).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;")}"`)
    .join("");

const escape = (text: string): string =>
  text
    .replaceAll(forbidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;")
    .replaceAll("\r", "&#13;");

/** Everything that is no Char of XML 1.0, and the second half of the control characters, which readers of terminals fear. */
const forbidden = /[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
