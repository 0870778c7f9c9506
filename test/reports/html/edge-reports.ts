import type { ResultItem } from "../../../core/contract/result-item.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { summarize } from "../../../reports/summarize.ts";

/** A tarball that holds nothing. */
export const emptyReport = (): RunReport => summarize({ path: "empty.tar.gz", plugins: [], errors: [] });

/** A small suite in which nothing failed. */
export const passedReport = (): RunReport => ofSuite(40, (index) => ({ name: `t-${index} works`, status: "passed", details: { duration: index / 10 } }));

/** A suite in which every test failed. */
export const failedReport = (): RunReport => ofSuite(60, failing);

/** As many findings as a large cluster gives: 20,000 tests that failed, with their texts. */
export const manyFindingsReport = (): RunReport => ofSuite(20_000, failing);

/** A suite of 7,500 tests, of which most were left out by a filter: what a conformance run gives. */
export const largeSuiteReport = (): RunReport =>
  ofSuite(7500, (index) => {
    const name = `[It] [sig-area-${index % 17}] subject ${index % 211} should do what is expected of it ${index}${index % 18 === 0 ? " [Conformance]" : ""}`;
    if (index % 18 !== 0) return { name, status: "skipped", details: { skipped: "skipped" } };
    return index % 900 === 0 ? failing(index) : { name, status: "passed", details: { duration: (index % 97) / 7 } };
  });

function ofSuite(length: number, item: (index: number) => ResultItem): RunReport {
  const items = Array.from({ length }, (_, index) => item(index));
  const status = items.some((one) => one.status === "failed") ? "failed" : "passed";
  const file: ResultItem = {
    name: "junit_01.xml",
    status,
    meta: { type: "file", file: "results/global/junit_01.xml" },
    items: [{ name: "suite", status, items }],
  };
  return summarize({ path: "suite.tar.gz", plugins: [{ name: "e2e", tree: { name: "e2e", status, meta: { type: "summary" }, items: [file] } }], errors: [] });
}

const failing = (index: number): ResultItem => ({
  name: `[It] [sig-area-${index % 17}] subject ${index % 211} should do what is expected of it ${index}`,
  status: "failed",
  details: {
    duration: index % 300,
    classname: "Kubernetes e2e suite",
    failure: `Timed out after ${index % 300}.001s.\nExpected\n    <int>: 0\nto equal\n    <int>: 3\n  k8s.io/kubernetes/test/e2e/area/subject.go:${index}`,
  },
});
