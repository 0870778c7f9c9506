import { stripVTControlCharacters } from "node:util";
import junit from "junit-report-builder";

/** One test case as JUnit has it; `time` in seconds. */
export type JunitCase = {
  readonly name: string;
  readonly className: string;
  readonly time?: number;
  readonly ending:
    | { readonly kind: "passed" }
    | { readonly kind: "failure" | "error"; readonly type: string; readonly message: string; readonly text: string }
    | { readonly kind: "skipped"; readonly message: string };
  readonly output?: string;
};

export type JunitSuite = {
  readonly name: string;
  readonly time?: number;
  readonly timestamp?: string;
  readonly properties: readonly (readonly [string, string])[];
  readonly cases: readonly JunitCase[];
};

/** A whole JUnit document. The only file that knows junit-report-builder, and what it lacks: skip reasons, and text that is safe in any case. */
export function renderJunitDocument(name: string, suites: readonly JunitSuite[]): string {
  const document = (junit as unknown as typeof junit.default).newBuilder().name(xmlText(name));
  for (const { cases, properties, ...suite } of suites) {
    const built = document.testSuite().name(xmlText(suite.name));
    if (suite.time !== undefined) built.time(suite.time);
    if (suite.timestamp !== undefined) built.timestamp(xmlText(suite.timestamp));
    for (const [property, value] of properties) built.property(property, xmlText(value));
    for (const one of cases) fillCase(built.testCase(), one);
  }
  return `${document.build()}\n`;
}

type BuiltCase = ReturnType<ReturnType<typeof junit.default.testSuite>["testCase"]>;
type Element = ReturnType<BuiltCase["build"]>;

function fillCase(built: BuiltCase, { name, className, time, ending, output }: JunitCase): void {
  built.name(xmlText(name)).className(xmlText(className));
  if (time !== undefined) built.time(time);
  if (ending.kind === "failure") built.failure(xmlText(ending.message), xmlText(ending.type));
  if (ending.kind === "error") built.error(xmlText(ending.message), xmlText(ending.type));
  if (ending.kind === "skipped") built.skipped();
  const build = built.build.bind(built);
  // Its CDATA breaks at the second "]]>" of a text, and <skipped> takes no message: both are added to the elements that it makes.
  built.build = (parent: Element): Element => {
    const element = build(parent);
    const below = element.children.find((child) => child instanceof Object && "name" in child && child.name === ending.kind) as Element | undefined;
    if (ending.kind === "skipped" && ending.message !== "") below?.att("message", xmlText(ending.message));
    if ((ending.kind === "failure" || ending.kind === "error") && ending.text !== "") below?.txt(xmlText(ending.text));
    if (output !== undefined) element.ele("system-out").txt(xmlText(output));
    return element;
  };
}

/** Without escape sequences and without what XML 1.0 forbids or discourages; halves of surrogate pairs become U+FFFD. */
const xmlText = (text: string): string => stripVTControlCharacters(text.toWellFormed()).replaceAll(forbidden, "");

// eslint-disable-next-line no-control-regex -- control characters are what it is for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
