import { createHash } from "node:crypto";
import type { Finding } from "../../core/contract/report/finding.ts";
import { cutHead, cutTail } from "../cut-text.ts";
import { failedTests } from "../describe.ts";
import type { FailedItem, PluginReport, ReportCase, Suite } from "../run-report.ts";
import { firstTelling } from "./first-telling.ts";
import type { FindingDraft } from "./fingerprint.ts";

/** A finding for each of a plugin's tests that neither passed nor was skipped: failed ones, and those with a status of the plugin's own or none. */
export const listTestFindings = (plugin: PluginReport): readonly FindingDraft[] => [
  ...failedTests(plugin).map((item, index) => ofFailure(plugin, item, index)),
  ...plugin.suites.flatMap((suite) => suite.cases.filter(isOther).map((one) => ofOther(plugin, suite, one))),
];

const isOther = ({ status, kind }: ReportCase): boolean => kind === "test" && !["passed", "skipped", "failed", "timeout"].includes(status);

/** Failures whose text is shown as evidence at some length; the text stands in `failed` too. */
const longTexts = 200;

function ofFailure(plugin: PluginReport, item: FailedItem, index: number): FindingDraft {
  const bound = index < longTexts ? 4096 : 512;
  const evidence = [
    ...(item.failure === undefined ? [] : [{ label: "failure", lines: [cutHead(item.failure, bound)] }]),
    ...(item.output === undefined ? [] : [{ label: "output", lines: [cutTail(item.output, bound / 2)] }]),
  ];
  const what = item.status === "timeout" ? "It did not end in time." : "It failed and left no text.";
  return {
    ...build(plugin, item, { path: item.path, node: item.node, file: item.file }),
    status: "fail",
    severity: isRequired(plugin, item.name) ? "high" : "medium",
    message: firstTelling(item.failure ?? "") || what,
    evidence,
  };
}

/** Not what some suite counts as an extra: what Kubernetes itself must do, and what our own plugins look at. */
const isRequired = ({ name }: PluginReport, test: string): boolean => test.includes("[Conformance]") || name === "smoke";

function ofOther(plugin: PluginReport, { path, node }: Suite, one: ReportCase): FindingDraft {
  const facts = (one.facts ?? []).map((fact) => `${fact.path.join(" › ")}: ${String(fact.value)}`);
  const shared = {
    ...build(plugin, one, { path, node, file: undefined }),
    evidence: facts.length === 0 ? [] : [{ label: "facts", lines: facts.slice(0, 12) }],
  };
  const said = firstTelling(one.output ?? "") || facts[0] || "";
  if (one.status === "unknown") {
    const message = "Its result is unknown.";
    return { ...shared, status: "not-evaluated", severity: "low", message, reasonNotEvaluated: { code: "unknown-result", message } };
  }
  const warned = /^warn(?:ed|ing)?$/i.test(one.status);
  return {
    ...shared,
    status: warned ? "warn" : "info",
    severity: warned ? "medium" : "info",
    message: said === "" ? `The plugin says "${cutHead(one.status, 64)}".` : said,
  };
}

type Place = { readonly path: readonly string[]; readonly node: string | undefined; readonly file: string | undefined };

function build(plugin: PluginReport, one: ReportCase, place: Place): Omit<FindingDraft, "status" | "severity" | "message" | "evidence"> {
  const { node, file } = place;
  const name = one.name.replace(/^\[It\] /, "");
  return {
    id: testId(plugin.name, one.name, place),
    category: one.name.includes("[Conformance]") ? "conformance" : "test",
    title: cutTitle(name),
    plugin: plugin.name,
    ...(node === undefined ? { scope: "cluster" as const } : { scope: "node" as const, node, object: nodeObject(node) }),
    ...(file === undefined ? {} : { file }),
  };
}

/** The id of a test: the same in every run, whichever file it is in. */
export function testId(plugin: string, test: string, { path, node, file }: Place): string {
  const suite = path.filter((part) => part !== node && !isFileName(part, file));
  return shorten(`test:${plugin}:${[...suite, test.replace(/^\[It\] /, "")].join("/")}`);
}

/** With several ginkgo processes the same test is in another file from run to run. */
const isFileName = (part: string, file: string | undefined): boolean => (file === undefined ? /\.(?:xml|json|ya?ml)$/.test(part) : file.endsWith(`/${part}`));

/** The object that stands for a node. */
export const nodeObject = (node: string): NonNullable<Finding["object"]> => ({ apiVersion: "v1", kind: "Node", name: node, node });

const longestId = 512;
const longestTitle = 512;

/** A name that is too long for an id keeps its beginning, and the rest as a digest. */
const shorten = (id: string): string =>
  id.length <= longestId ? id : `${id.slice(0, longestId - 17).toWellFormed()}~${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;

const cutTitle = (name: string): string => (name.length <= longestTitle ? name : `${name.slice(0, longestTitle).toWellFormed()}…`);
