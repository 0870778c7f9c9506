import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse as readWithJunit2json, type TestSuites } from "junit2json";
import testResultsParser from "test-results-parser";
import { validateXML } from "xmllint-wasm";
import { junitFlavors } from "../../../reports/junit/flavor-names.ts";
import { renderJunit } from "../../../reports/junit/render.ts";
import { readReport } from "../../../reports/read-report.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { readHostile } from "../hostile/read-hostile.ts";
import { smallRun, writeTarball } from "../small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-junit-"));
after(() => rm(folder, { recursive: true }));

const fixtures = join(import.meta.dirname, "../../fixtures/reports");
const reports = new Map<string, RunReport>([
  ["small", await readReport(await writeTarball(folder, "small.tar.gz", smallRun))],
  ["sonobuoy-v0.53", await readReport(join(fixtures, "sonobuoy-v0.53-4-failures.tar.gz"))],
  ...(await readHostile()),
]);

type Counted = { readonly tests: number; readonly failures: number; readonly errors: number; readonly skipped: number };

/** What a document says of itself in its first element. */
function statedBy(document: string): Counted {
  const root = /<testsuites (?:[^">]|"[^"]*")*>/.exec(document)?.[0] ?? "";
  const number = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(root)?.[1]);
  return { tests: number("tests"), failures: number("failures"), errors: number("errors"), skipped: number("skipped") };
}

async function countWithJunit2json(document: string): Promise<Counted> {
  const read = (await readWithJunit2json(document)) as TestSuites;
  const cases = (read.testsuite ?? []).flatMap(({ testcase = [] }) => testcase);
  const having = (key: "failure" | "error" | "skipped"): number => cases.filter((one) => one[key] !== undefined).length;
  return { tests: cases.length, failures: having("failure"), errors: having("error"), skipped: having("skipped") };
}

/** It counts errors among the failures, as Jenkins does. */
function countWithTestResultsParser(document: string): Pick<Counted, "tests" | "failures" | "skipped"> {
  const path = join(folder, "read.xml");
  writeFileSync(path, document);
  const { result } = testResultsParser.parseV2({ type: "junit", files: [path] });
  const cases = result.suites.flatMap((suite) => suite.cases);
  const having = (status: string): number => cases.filter((one) => one.status === status).length;
  return { tests: cases.length, failures: having("FAIL"), skipped: having("SKIP") };
}

for (const [name, report] of reports)
  for (const junitFlavor of name === "small" ? junitFlavors : (["generic"] as const))
    test(`${name}, ${junitFlavor}: junit2json and test-results-parser count what the document states`, async () => {
      const document = renderJunit(report, { junitFlavor });
      const stated = statedBy(document);
      assert.ok(stated.tests > 0);
      assert.deepEqual(await countWithJunit2json(document), stated);
      const { tests, failures, errors, skipped } = stated;
      assert.deepEqual(countWithTestResultsParser(document), { tests, failures: failures + errors, skipped });
    });

/** What most readers know and Ant's format does not: an output of one case, files of cases, sums and a name at the root; and a run whose beginning nobody knows. */
function withoutExtensions(document: string): string {
  return document
    .replaceAll(/ {6}<system-out>[^<]*<\/system-out>\n/g, "")
    .replaceAll(/(<testcase (?:[^">]|"[^"]*")*?) file="[^"]*"/g, "$1")
    .replaceAll(/(<testsuite (?:[^">]|"[^"]*")*?) skipped="\d+"/g, "$1")
    .replaceAll(/<testsuite (?!(?:[^">]|"[^"]*")* timestamp=)/g, '<testsuite timestamp="2026-11-21T10:00:00" ')
    .replace(/<testsuites (?:[^">]|"[^"]*")*>/, "<testsuites>");
}

const schema = readFileSync(join(fixtures, "JUnit.xsd"), "utf8");
test("the documents are valid by the XSD, up to the extensions above", async () => {
  const xml = [...reports].flatMap(([name, report]) =>
    (name === "small" ? junitFlavors : (["generic"] as const)).map((junitFlavor) => ({
      fileName: `${name}-${junitFlavor}.xml`,
      contents: withoutExtensions(renderJunit(report, { junitFlavor })),
    })),
  );
  const { valid, errors } = await validateXML({ xml, schema: [schema], initialMemoryPages: 4096, maxMemoryPages: 16_384 });
  assert.ok(
    valid,
    errors
      .slice(0, 3)
      .map(({ rawMessage }) => rawMessage.slice(0, 400))
      .join("\n"),
  );
});
