import { describeOutcome } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import { applyFlavor } from "./apply-flavor.ts";
import type { JunitFlavor } from "./flavor-names.ts";
import type { JunitCase, JunitSuite } from "./junit-suite.ts";
import { planSuites } from "./plan-suites.ts";
import { renderDocument } from "./render-document.ts";

/**
 * JUnit XML: a testsuite for each plugin, node and suite, names to the letter, run errors as <error>, what was not evaluated as
 * <skipped>, or as <error> if `isStrict` and it should have been; its counters agree with its elements.
 */
export function renderJunit(report: RunReport, { junitFlavor = "generic", isStrict = false }: JunitOptions = {}): string {
  const planned = report.plugins.flatMap((plugin) => planSuites(report, plugin));
  const suites = isStrict ? planned.map((suite) => ({ ...suite, cases: suite.cases.map(refuseOpen) })) : planned;
  const tellsOfErrors = suites.some((suite) => suite.cases.some((one) => one.ending.kind === "error"));
  const run = report.outcome === "incomplete" && !tellsOfErrors ? [planUnfinished(report)] : [];
  const open = report.redaction.state === "off" ? ", not redacted" : "";
  return renderDocument(`asdic ${report.tarball}${open}`, applyFlavor(junitFlavor, [...suites, ...run]));
}

export type JunitOptions = { readonly junitFlavor?: JunitFlavor; readonly isStrict?: boolean };

function refuseOpen(one: JunitCase): JunitCase {
  const { ending } = one;
  return ending.kind === "skipped" && ending.isOpen === true
    ? { ...one, ending: { kind: "error", type: "not-evaluated", message: ending.message, text: "" } }
    : one;
}

/** A run that is incomplete must not look green to a reader of elements. */
const planUnfinished = (report: RunReport): JunitSuite => ({
  name: "asdic",
  package: "asdic",
  place: "",
  cases: [{ name: "the run is complete", className: "asdic", ending: { kind: "error", type: "incomplete", message: describeOutcome(report), text: "" } }],
});
