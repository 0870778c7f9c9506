import type { ResultItem } from "../../core/contract/result-item.ts";
import type { PluginEnvironment, ResultFile } from "../plugin-program.ts";
import type { FactGroup, FactSources } from "./fact-group.ts";
import { NotReadable } from "./fact-group.ts";
import { factGroups } from "./fact-groups.ts";
import { readClock } from "./read-clock.ts";

/** All that this pod can tell of its node: node-facts.json for programs, results.yaml with an item a fact group. */
export async function collectNodeFacts(environment: PluginEnvironment): Promise<readonly ResultFile[]> {
  const { variables, signal, now, resultsDir } = environment;
  const sources: FactSources = {
    proc: "/proc",
    cgroup: "/sys/fs/cgroup",
    folders: [
      { path: "/", role: "container" },
      { path: resultsDir, role: "volumes" },
    ],
    readClock: () => readClock(variables["SONOBUOY_PROGRESS_PORT"], signal),
  };
  const items = await readFactGroups(factGroups, sources);
  const facts = {
    node: variables["NODE_NAME"],
    takenAt: now().toISOString(),
    facts: Object.fromEntries(items.filter(({ status }) => status !== "skipped").map(({ name, details }) => [name, details])),
    notEvaluated: Object.fromEntries(items.filter(({ status }) => status === "skipped").map(({ name, details }) => [name, details?.["skipped"]])),
  };
  const tree: ResultItem = { name: "node-facts", status: rollUp(items), items };
  return [
    { name: "node-facts.json", content: `${JSON.stringify(facts, undefined, 2)}\n` },
    // JSON is YAML.
    { name: "results.yaml", content: `${JSON.stringify(tree, undefined, 2)}\n` },
  ];
}

/** An item a group: passed with facts, failed with facts and a failure, or skipped with the reason; one that breaks fails alone. */
export const readFactGroups = (groups: readonly FactGroup[], sources: FactSources): Promise<readonly ResultItem[]> =>
  Promise.all(groups.map((group) => readFactGroup(group, sources)));

async function readFactGroup({ name, read }: FactGroup, sources: FactSources): Promise<ResultItem> {
  try {
    const { facts, failure } = await read(sources);
    return failure === undefined ? { name, status: "passed", details: facts } : { name, status: "failed", details: { failure, ...facts } };
  } catch (error) {
    if (error instanceof NotReadable) return { name, status: "skipped", details: { skipped: error.message } };
    return { name, status: "failed", details: { error: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
  }
}

const rollUp = (items: readonly ResultItem[]): string => (items.some(({ status }) => status === "failed") ? "failed" : "passed");
