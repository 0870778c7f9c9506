import { count } from "../../describe.ts";
import type { RunReport } from "../../run-report.ts";
import type { Tone } from "./state-words.ts";

/** What the run says about conformance: how many of the suite's conformance tests ran and failed; never more than that. */
export function viewConformance({ plugins }: RunReport): { readonly tone: Tone; readonly word: string; readonly sentence: string } {
  const cases = plugins.flatMap(({ suites }) => suites.flatMap((suite) => suite.cases.filter(({ name }) => isConformance(name))));
  const failed = cases.filter(({ status }) => status === "failed" || status === "timeout").length;
  const passed = cases.filter(({ status }) => status === "passed").length;
  if (failed + passed === 0) return { tone: "none", word: "Not tested", sentence: "No conformance test ran in this run." };
  const left = cases.length - failed - passed;
  const also = left === 0 ? "" : ` ${count(left, "other")} of the suite ${left === 1 ? "was" : "were"} not run.`;
  if (failed > 0) return { tone: "bad", word: "Failed", sentence: `${failed} of ${count(failed + passed, "conformance test")} failed.${also}` };
  const whole = left === 0 ? "All" : "None failed:";
  return {
    tone: left === 0 ? "good" : "warn",
    word: left === 0 ? "Passed" : "Passed in part",
    sentence: `${whole} ${count(passed, "conformance test")} passed.${also}`,
  };
}

/** As the suite marks them in their names. */
const isConformance = (name: string): boolean => name.includes("[Conformance]");
