import { globalNode } from "../../../core/contract/names.ts";
import { tarballPaths } from "../../../core/contract/tarball-layout.ts";
import type { RandomPlugin, RandomRun } from "./draw-run.ts";
import { workers } from "./draw-run.ts";
import type { PlayedRun } from "./play-run.ts";
import { runSeconds } from "./play-run.ts";
import { buildDelivered } from "./script.ts";

/** What must hold of every run, whatever was broken; gives what does not, a sentence each. */
export function checkRun(run: RandomRun, played: PlayedRun): readonly string[] {
  const { said, seconds, outcome, seen, left } = played;
  const results = run.plugins.flatMap((plugin) => (plugin.driver === "Job" ? [globalNode] : workers).map((node) => ({ plugin, node })));
  return [
    ...said.filter(({ code }) => code === 70).map(({ stderr }) => `the CLI has a bug: ${stderr}`),
    ...(seconds > runSeconds + 60 ? [`the run took ${Math.round(seconds)} s`] : []),
    ...(seen.tarballs.size > 1 ? [`${seen.tarballs.size} tarballs were announced`] : []),
    ...(left.length > 0 ? [`delete has left ${left.join(", ")}`] : []),
    ...(outcome === undefined ? judgeMissing(played) : results.flatMap(({ plugin, node }) => judge(plugin, node, played))),
  ];
}

/** Without a tarball, it must have been lost after it was announced, and that must have been said. */
const judgeMissing = ({ seen, said, logs }: PlayedRun): readonly string[] =>
  seen.problems.has("tarball-lost") || said.some(({ code, stderr }) => code === 4 && /tarball .* was lost with pod/.test(stderr))
    ? []
    : [`there is no tarball: ${said.map(({ code, stdout, stderr }) => `${code} ${stdout} ${stderr}`).join("\n")}\n${logs}`];

function judge(plugin: RandomPlugin, node: string, { outcome, made, seen }: PlayedRun): readonly string[] {
  const what = `${plugin.name} on ${node}`;
  const status = outcome?.status.results.find((result) => result.plugin === plugin.name && result.node === node);
  if (status === undefined) return isToldOfAll(plugin, outcome) ? [] : [`nothing is said of ${what}`];
  const key = `${plugin.name} ${node}`;
  const isExcused = made.some(({ excused }) => excused({ plugin: plugin.name, node }, seen.ranOn.get(key) ?? new Set(), seen.startedAt.get(key)));
  if (status.state !== "done" && !isExcused)
    return [`${what} is ${status.state} (${status.code}: ${status.message}), and nothing of it was broken\n${renderLog(plugin, node, outcome)}`];
  if (status.state !== "done") return status.code === undefined ? [`${what} is ${status.state} without a cause`] : [];
  return [...buildDelivered(plugin)].flatMap(([file, content]) => {
    const found = outcome?.files.get(`${tarballPaths.results(plugin.name, node)}/${file}`);
    return found?.equals(content) ? [] : [`${what} is done, and ${file} ${found ? "is another than was written" : "is missing"}`];
  });
}

/** Where nodes may not be read, nobody knows which there are: that is said instead. */
const isToldOfAll = (plugin: RandomPlugin, outcome: PlayedRun["outcome"]): boolean =>
  outcome?.status.results.some((result) => result.plugin === plugin.name && result.node === globalNode && result.code === "nodes-unreadable") === true;

/** What the run's log says of a result and of the aggregators. */
const renderLog = (plugin: RandomPlugin, node: string, outcome: PlayedRun["outcome"]): string =>
  (outcome?.log ?? [])
    .filter((line) => (line.plugin === plugin.name && (line.node ?? node) === node) || line.plugin === undefined)
    .map((line) => JSON.stringify(line))
    .join("\n");
