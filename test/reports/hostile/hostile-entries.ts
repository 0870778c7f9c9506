import type { ResultItem } from "../../../core/contract/result-item.ts";
import type { ResultStatus, RunStatus } from "../../../core/contract/run-status.ts";
import { tarballPaths, type Manifest } from "../../../core/contract/tarball-layout.ts";
import { renderResultTree } from "../../../core/results/result-yaml.ts";

/** Entries of a tarball of asdic in which these texts stand wherever a cluster or a plugin may put some: names, messages, codes, hints, logs, facts, places. */
export function hostileEntries(texts: readonly string[]): readonly (readonly [string, string])[] {
  const plugins = ["suite", "nodes", ...texts.flatMap((text) => (isPluginName(text) ? [text] : []))];
  return [
    [tarballPaths.manifest, JSON.stringify(manifestOf(plugins, texts))],
    [tarballPaths.info, JSON.stringify({ plugins })],
    [tarballPaths.serverVersion, JSON.stringify({ gitVersion: texts[0] })],
    [tarballPaths.clusterHealth, JSON.stringify(healthOf(texts))],
    ...plugins.map((plugin): [string, string] => [
      tarballPaths.resultTree(plugin),
      renderResultTree(plugin === "nodes" ? nodesTree(texts) : suiteTree(plugin, texts)),
    ]),
    ...texts.map((text, index): [string, string] => [tarballPaths.error("nodes", `node-${index}`), JSON.stringify(errorOf(text))]),
    [tarballPaths.status, JSON.stringify(statusOf(plugins, texts))],
    ["meta/redaction.json", JSON.stringify({ totals: Object.fromEntries(texts.map((text, index) => [text, index])), dropped: texts, kept: texts })],
  ];
}

/** What can be a folder of the tarball. */
const isPluginName = (text: string): boolean => text !== "" && !/[\p{Cc}\\/]|^\.|^[A-Za-z]:/u.test(text) && text.isWellFormed() && text.length < 200;

const time = "2026-11-21T10:00:00.000Z";

const manifestOf = (plugins: readonly string[], texts: readonly string[]): Manifest => ({
  layoutVersion: 1,
  tool: { name: "asdic", version: texts[0] ?? "" },
  runId: texts[1 % texts.length] ?? "",
  namespace: texts[2 % texts.length] ?? "",
  serverVersion: texts[0] ?? "",
  startedAt: time,
  plugins: plugins.map((name, index) => ({
    name,
    driver: name === "nodes" ? "DaemonSet" : "Job",
    resultFormat: "manual",
    image: texts[index % texts.length] ?? "",
  })),
});

const healthOf = (texts: readonly string[]): object => {
  const details = texts.map((text) => ({ name: text, namespace: text, healthy: false, ready: text, reason: text, message: text }));
  return { node_health: { total_nodes: 3, healthy_nodes: 2, details }, pod_health: { total_nodes: 3, healthy_nodes: 2, details }, api_version: texts[0] };
};

const suiteTree = (plugin: string, texts: readonly string[]): ResultItem => ({
  name: plugin,
  status: "failed",
  meta: { type: "summary" },
  items: texts.map((text, index) => ({
    name: `suite ${text}`,
    status: "failed",
    meta: { type: "file", file: `results/global/${text}` },
    items: [
      {
        name: `begin-${index} ${text} end-${index}`,
        status: "failed",
        details: { failure: text, "system-out": text, classname: text, duration: "1" },
      },
      { name: text, status: "skipped", details: { skipped: text } },
      { name: text, status: "passed", details: { "system-out": text, [text]: text, nested: { [text]: [text, 1] } } },
      { name: text, status: text, details: { fact: text } },
      { name: text, status: "warned", details: { "system-out": text } },
      { name: text, status: "timeout", meta: { file: `errors/${text}/error.json` }, details: { error: text } },
    ],
  })),
});

const nodesTree = (texts: readonly string[]): ResultItem => ({
  name: "nodes",
  status: "failed",
  meta: { type: "summary" },
  items: texts.map((text) => ({
    name: text,
    status: "failed",
    meta: { type: "node", [text]: text },
    items: [{ name: text, status: "failed", details: { failure: text } }],
  })),
});

const errorOf = (text: string): object => ({
  error: text,
  code: text,
  hint: text,
  evidence: { [text]: text, containers: [{ name: text, message: `${text}\n${text}` }], events: [{ reason: text, message: text }] },
});

const statusOf = (plugins: readonly string[], texts: readonly string[]): RunStatus => ({
  runId: texts[1 % texts.length] ?? "",
  namespace: texts[2 % texts.length] ?? "",
  toolVersion: texts[0] ?? "",
  phase: "complete",
  outcome: "incomplete",
  startedAt: time,
  updatedAt: time,
  finishedAt: time,
  plugins: plugins.map((name) => ({ name, driver: name === "nodes" ? "DaemonSet" : "Job", expected: 1, states: {} })),
  problems: [],
  problemCount: 0,
  notes: texts.map((text) => ({ plugin: "", node: "", code: text, message: text, hint: text })),
  results: texts.flatMap((text): readonly ResultStatus[] => {
    const said = { code: text, message: text, hint: text };
    return [
      { plugin: "nodes", node: text, state: "lost", since: time, ...said },
      { plugin: "nodes", node: `skipped ${text}`, state: "skipped", since: text, ...said },
    ];
  }),
});
