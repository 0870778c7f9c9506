import { createHash } from "node:crypto";
import type { JunitFlavor } from "./flavor-names.ts";
import type { JunitCase, JunitSuite } from "./junit-suite.ts";

/** The same suites as a reader wants them; what differs from one to the other is only what that reader would else lose or misread. */
export function applyFlavor(flavor: JunitFlavor, suites: readonly JunitSuite[]): readonly JunitSuite[] {
  if (flavor === "jenkins") return mapCases(suites, forJenkins);
  if (flavor === "azure") return mapCases(suites, forAzure);
  if (flavor === "gitlab") return forGitlab(suites);
  return flavor === "github" ? suites : mapCases(suites, (one) => withoutFile(one));
}

const mapCases = (suites: readonly JunitSuite[], change: (one: JunitCase, suite: JunitSuite) => JunitCase): readonly JunitSuite[] =>
  suites.map((suite) => ({ ...suite, cases: suite.cases.map((one) => change(one, suite)) }));

/** An attribute that only some readers know: who annotates files. */
function withoutFile(one: JunitCase): JunitCase {
  if (one.file === undefined) return one;
  const { file: _file, ...rest } = one;
  return rest;
}

/** Jenkins takes what stands before the last dot for the package; other dots would scatter the tests of one plugin. */
const forJenkins = (one: JunitCase, suite: JunitSuite): JunitCase => ({
  ...withoutFile(one),
  className: `${undot(suite.package)}.${undot(suite.place || suite.name)}`,
});

const undot = (name: string): string => name.replaceAll(".", "_");

/** Azure Pipelines refuses a whole file for a title of more characters; the whole name then begins the output. */
function forAzure(one: JunitCase): JunitCase {
  const rest = withoutFile(one);
  if (one.name.length <= azureTitle) return rest;
  const digest = createHash("sha256").update(one.name).digest("hex").slice(0, 8);
  return { ...rest, name: `${one.name.slice(0, azureTitle - 11).toWellFormed()}… ${digest}`, output: [one.name, one.output ?? ""].join("\n").trimEnd() };
}

const azureTitle = 256;

/** GitLab groups by class, takes only the first of the cases with the same name in one, and reads paths of attachments out of the output. */
function forGitlab(suites: readonly JunitSuite[]): readonly JunitSuite[] {
  const seen = new Map<string, number>();
  return mapCases(suites, (one, suite) => {
    const className = suite.hostname === undefined ? suite.package : `${suite.package} on ${suite.hostname}`;
    const key = JSON.stringify([className, one.name]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    const output = one.output === undefined ? {} : { output: one.output.replaceAll("[[ATTACHMENT|", "[ [ATTACHMENT|") };
    return { ...one, className, name: times === 1 ? one.name : `${one.name} (${times})`, ...output };
  });
}
