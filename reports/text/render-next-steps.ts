import { failedTests } from "../describe.ts";
import type { RunReport } from "../run-report.ts";
import type { TextLook } from "./look.ts";

/** Where a report's tarball is: a path to type, at the run's aggregator, or who knows where. */
export type ReportSource = { readonly kind: "file"; readonly path: string } | { readonly kind: "aggregator" } | { readonly kind: "unknown" };

/** What to type next, each command as it can be typed. */
export function renderNextSteps({ tarball, outcome, plugins, run }: RunReport, { columns, paint }: TextLook, source: ReportSource): readonly string[] {
  const failing = plugins.find((plugin) => failedTests(plugin).length > 0)?.name ?? "";
  const details = isWord(failing) && outcome !== "passed" ? ` --mode detailed -p ${failing}` : undefined;
  const path = source.kind === "file" ? source.path : tarball;
  const file = isWord(path) && path.length < columns / 2 ? path : "FILE.tar.gz";
  const [fetch, results] =
    source.kind === "aggregator"
      ? [`asdic retrieve${optionOf("-n", run.namespace)}`, `asdic results --remote${optionOf("--namespace", run.namespace)}`]
      : [`asdic report ${file} --format html -o report.html`, `asdic results ${file}`];
  const steps = [fetch, ...(details === undefined ? [] : [results + details])];
  return [paint("heading", "Next"), ...steps.map((step) => `  ${step}`)];
}

/** Nothing that a shell takes for anything else, or a command for an option. */
const isWord = (text: string): boolean => /^[\w./+][\w./+-]*$/.test(text);

const optionOf = (flag: string, namespace = "asdic"): string => (namespace === "asdic" || !isWord(namespace) ? "" : ` ${flag} ${namespace}`);
