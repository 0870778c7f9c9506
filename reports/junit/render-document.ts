import junit from "junit-report-builder";
import type { JunitCase, JunitEnding, JunitSuite } from "./junit-suite.ts";
import { renderPlainCase } from "./render-plain-case.ts";
import { seconds } from "./seconds.ts";
import { xmlText } from "./xml-text.ts";

/**
 * A whole JUnit document; its counters agree with its elements, and any text is safe in it. The only file that knows junit-report-builder, and what it lacks:
 * some attributes, the root's time, the order that the schema wants, skip reasons, and text whose CDATA could end early.
 */
export function renderDocument(name: string, suites: readonly JunitSuite[]): string {
  const document = newBuilder().name(xmlText(name));
  const total = seconds(suites.reduce((sum, suite) => sum + timeOf(suite), 0));
  for (const [index, suite] of suites.entries()) fillSuite(document.testSuite(), suite, index === 0 ? { id: index, total } : { id: index });
  return `${document.build()}\n`;
}

const newBuilder = () => (junit as unknown as typeof junit.default).newBuilder();
type BuiltSuite = ReturnType<typeof junit.default.testSuite>;
type Element = ReturnType<BuiltSuite["build"]>;

/** The first one tells the root how long all of them took: the builder has no way to it. */
function fillSuite(built: BuiltSuite, suite: JunitSuite, { id, total }: { readonly id: number; readonly total?: number }): void {
  const { name, package: plugin, hostname, timestamp, cases } = suite;
  built
    .name(required(name))
    .time(seconds(timeOf(suite)))
    .property("plugin", xmlText(plugin));
  if (timestamp !== undefined) built.timestamp(xmlText(timestamp));
  if (hostname !== undefined) built.property("node", xmlText(hostname));
  const count = (kind: JunitEnding["kind"]): number => cases.filter(({ ending }) => ending.kind === kind).length;
  const build = built.build.bind(built);
  Object.assign(built, {
    getTestCaseCount: () => cases.length,
    getFailureCount: () => count("failure"),
    getErrorCount: () => count("error"),
    getSkippedCount: () => count("skipped"),
    build(parent: Element): Element {
      if (total !== undefined) parent.att("time", total);
      const element = build(parent);
      element.att({ package: xmlText(plugin), id, hostname: required(hostname ?? "localhost") });
      addCases(element, cases);
      element.ele("system-out");
      element.ele("system-err");
      return element;
    },
  });
}

/** In their order; neighbours that are plain in one piece. */
function addCases(element: Element, cases: readonly JunitCase[]): void {
  let plain = "";
  const flush = (): void => {
    if (plain !== "") element.raw(plain);
    plain = "";
  };
  for (const one of cases) {
    if (one.output === undefined && (one.ending.kind === "passed" || one.ending.kind === "skipped"))
      plain += (plain === "" ? "" : "\n    ") + renderPlainCase(one);
    else {
      flush();
      addCase(element, one);
    }
  }
  flush();
}

function addCase(suite: Element, { name, className, time = 0, file, ending, output }: JunitCase): void {
  const built = newBuilder().testCase().name(xmlText(name)).className(xmlText(className)).time(seconds(time));
  if (file !== undefined) built.file(xmlText(file));
  if (ending.kind === "failure" || ending.kind === "error") built[ending.kind](xmlText(ending.message), xmlText(ending.type) || ending.kind);
  if (ending.kind === "skipped") built.skipped();
  const element = built.build(suite);
  const below = element.children.find((child) => child instanceof Object && "name" in child && child.name === ending.kind) as Element | undefined;
  if (ending.kind === "failure" || ending.kind === "error") below?.txt(xmlText(ending.text));
  if (ending.kind === "skipped" && ending.message !== "") below?.att("message", xmlText(ending.message));
  const said = xmlText(output ?? "");
  if (said !== "") element.ele("system-out").txt(said);
}

/** A name that is nothing but what is removed is still a name. */
const required = (name: string): string => (xmlText(name).trim() === "" ? "unnamed" : xmlText(name));

const timeOf = ({ time, cases }: JunitSuite): number => time ?? cases.reduce((sum, one) => sum + (one.time ?? 0), 0);
