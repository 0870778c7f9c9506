import { isLeaf, type ResultItem } from "../core/contract/result-item.ts";
import { countStatuses } from "./counts.ts";
import type { FailedItem, ReportCase, Suite } from "./run-report.ts";
import type { RunPlugin } from "./run.ts";
import { cutHead, cutTail } from "./cut-text.ts";
import { listFacts } from "./list-facts.ts";

/** A plugin's tree as suites of cases in its order, and the failed ones among them with their place; a tree without items has none. */
export function flattenTree({ name, tree }: RunPlugin): {
  readonly suites: readonly Suite[];
  readonly failed: readonly FailedItem[];
  readonly testSeconds?: number;
} {
  const suites: Suite[] = [];
  const failed: FailedItem[] = [];
  let spoken = 0;
  const visit = (item: ResultItem, place: Place): void => {
    const cases = (item.items ?? []).filter(isLeaf).map((leaf) => {
      const bounds = failed.length < wholeTexts ? wide : narrow;
      const found = buildCase(leaf, isFailed(leaf.status) ? bounds : { ...bounds, output: spoken < wholeTexts ? ofPass : 0 });
      if (found.output !== undefined && !isFailed(leaf.status)) spoken++;
      if (!isFailed(found.status)) return found;
      const { node, file } = enter(place, leaf);
      failed.push({ path: place.path, ...(node === undefined ? {} : { node }), ...(file === undefined ? {} : { file: `plugins/${name}/${file}` }), ...found });
      return found;
    });
    if (cases.length > 0) suites.push(buildSuite(place, cases));
    for (const below of item.items ?? []) if (!isLeaf(below)) visit(below, enter(place, below));
  };
  visit(tree, { path: [] });
  const timed = suites.filter((suite) => suite.seconds !== undefined);
  return { suites, failed, ...(timed.length === 0 ? {} : { testSeconds: sum(timed.map((suite) => suite.seconds ?? 0)) }) };
}

type Place = { readonly path: readonly string[]; readonly node?: string; readonly file?: string };

function enter(place: Place, item: ResultItem): Place {
  const file = item.meta?.["file"]?.replaceAll("\\", "/");
  return {
    ...place,
    path: [...place.path, cutHead(item.name, longestName)],
    ...(item.meta?.["type"] === "node" ? { node: item.name } : {}),
    ...(file === undefined || file === "" ? {} : { file }),
  };
}

const isFailed = (status: string): boolean => status === "failed" || status === "timeout";

/** Characters of what a report shows of one case; the whole is in the tarball. Thousands of failures must still make a page that opens. */
type Bounds = { readonly failure: number; readonly output: number };
const wide: Bounds = { failure: 32_768, output: 16_384 };
const narrow: Bounds = { failure: 1024, output: 256 };
/** Characters of a name, which is kept to the letter up to there, and of a status that is a plugin's own word. */
const [longestName, longestWord] = [131_072, 128];
const wholeTexts = 200;
const ofPass = 1024;

function buildCase(item: ResultItem, bounds: Bounds): ReportCase {
  const { details = noDetails, status, meta } = item;
  const isRunError = meta?.["file"] !== undefined && meta["file"].replaceAll("\\", "/").startsWith("errors/");
  const found: { -readonly [Key in keyof ReportCase]: ReportCase[Key] } = {
    name: cutHead(item.name, longestName),
    kind: isRunError ? "run-error" : "test",
    status: status === "" ? "unknown" : status.length > longestWord ? `${status.slice(0, longestWord).toWellFormed()}…` : status,
  };
  if (details === noDetails) return found;
  const text = (key: string): string => (typeof details[key] === "string" ? details[key] : "");
  const seconds = Number(details["duration"] ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) found.seconds = seconds;
  const className = text("classname");
  if (className !== "") found.className = className;
  const reason = text("skipped");
  if (reason !== "" && status === "skipped") found.reason = cutHead(reason, bounds.failure);
  const failure = isFailed(status) ? joinTexts(text("failure"), text("error")) : "";
  if (failure !== "") found.failure = cutHead(failure, bounds.failure);
  const output = bounds.output === 0 ? "" : joinTexts(text("system-out"), text("system-err"));
  if (output !== "") found.output = cutTail(output, bounds.output);
  const { facts, more } = isRunError ? noFacts : listFacts(details);
  if (facts.length > 0) found.facts = facts;
  if (more) found.moreFacts = true;
  return found;
}

const noDetails: NonNullable<ResultItem["details"]> = {};
const noFacts = { facts: [], more: false };

const joinTexts = (one: string, other: string): string => (one === "" || other === "" ? one + other : `${one}\n${other}`);

function buildSuite(place: Place, cases: readonly ReportCase[]): Suite {
  const timed = cases.filter((found) => found.seconds !== undefined);
  return {
    path: place.path,
    ...(place.node === undefined ? {} : { node: place.node }),
    counts: countStatuses(cases.map((found) => found.status)),
    ...(timed.length === 0 ? {} : { seconds: sum(timed.map((found) => found.seconds ?? 0)) }),
    cases,
  };
}

/** To the millisecond: sums of binary fractions must not show their dust. */
const sum = (numbers: readonly number[]): number => Math.round(numbers.reduce((total, number) => total + number, 0) * 1000) / 1000;
