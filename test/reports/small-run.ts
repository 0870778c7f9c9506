import { join } from "node:path";
import { createArchive } from "../../core/archive/write-archive.ts";
import type { ResultItem } from "../../core/contract/result-item.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import { tarballPaths, type Manifest } from "../../core/contract/tarball-layout.ts";
import { renderResultTree } from "../../core/results/result-yaml.ts";

/** Writes a tarball with the given entries, in their order, and says where it is. */
export async function writeTarball(folder: string, name: string, entries: readonly (readonly [string, string])[]): Promise<string> {
  const path = join(folder, name);
  const archive = await createArchive(path);
  for (const [entry, content] of entries) await archive.add(entry, content);
  await archive.finish();
  return path;
}

const lost = {
  code: "node-not-ready",
  message: "Node node-2 has not been ready for 60 s, so its result did not come.",
  hint: "Look at it with `kubectl describe node node-2`.",
};

/** As aggregator/causes/evidence.ts gathers it; a log may hold anything. */
const evidence = {
  pod: "asdic-node-facts-6f1c2a3b",
  phase: "Running",
  conditions: [{ type: "Ready", status: "False", reason: "NodeNotReady", message: "" }],
  containers: [
    {
      name: "node-facts",
      image: "asdic:test",
      state: "terminated",
      reason: "Error",
      exitCode: 1,
      message: "first line\n<b>second</b> \u001b[31mred\u001b[0m\n",
    },
    { name: "sonobuoy-worker", image: "asdic:test", state: "running" },
  ],
  nodeReady: false,
  nodeConditions: [{ type: "Ready", status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." }],
  events: [{ at: "2026-11-21T10:01:30Z", reason: "NodeNotReady", source: "node-controller", count: 1, message: "Node is not ready" }],
};

const smokeTree: ResultItem = {
  name: "smoke",
  status: "failed",
  meta: { type: "summary" },
  items: [
    {
      name: "junit_01.xml",
      status: "failed",
      meta: { type: "file", file: "results/global/junit_01.xml" },
      items: [
        {
          name: "smoke",
          status: "failed",
          items: [
            { name: "a pod starts", status: "passed", details: { duration: 1.25, classname: "smoke.pods" } },
            {
              name: "[It] DNS resolves <kubernetes.default>",
              status: "failed",
              details: {
                duration: 5.5,
                classname: "smoke.dns",
                failure: "no answer from 10.96.0.10 & nothing else\n  tried: 5 times",
                "system-out": "\u001b[31mquerying\u001b[0m kubernetes.default",
              },
            },
            { name: "a Service is reached", status: "skipped", details: { skipped: "needs two nodes that can be scheduled" } },
          ],
        },
      ],
    },
  ],
};

const nodeFactsTree: ResultItem = {
  name: "node-facts",
  status: "failed",
  meta: { type: "summary" },
  items: [
    {
      name: "node-1",
      status: "passed",
      meta: { type: "node" },
      items: [{ name: "facts.json", status: "passed", meta: { type: "file", file: "results/node-1/facts.json" } }],
    },
    {
      name: "node-2",
      status: "failed",
      meta: { type: "node" },
      items: [
        { name: lost.message, status: "failed", meta: { type: "file", file: "errors/node-2/error.json" }, details: { error: lost.message, code: lost.code } },
      ],
    },
  ],
};

const cisTree: ResultItem = {
  name: "cis",
  status: "passed: 1, warned: 1",
  meta: { type: "summary" },
  items: [
    { name: "1.1.1 file permissions", status: "passed" },
    { name: "1.1.2 file ownership", status: "warned" },
  ],
};

/** Entries of a small run of asdic: a suite with a failure and skips, a plugin on three nodes of which one was lost and one left out, one with words of its own. */
export const smallRun: readonly (readonly [string, string])[] = (() => {
  const plugins = [
    { name: "smoke", driver: "Job", resultFormat: "junit", image: "asdic:test" },
    { name: "node-facts", driver: "DaemonSet", resultFormat: "raw", image: "asdic:test" },
    { name: "cis", driver: "Job", resultFormat: "manual", image: "cis:1" },
  ] as const;
  const manifest: Manifest = {
    layoutVersion: 1,
    tool: { name: "asdic", version: "0.1.0" },
    runId: "abcd2345",
    namespace: "asdic",
    serverVersion: "v1.36.3",
    startedAt: "2026-11-21T10:00:00.000Z",
    plugins: [...plugins],
  };
  const status: RunStatus = {
    runId: "abcd2345",
    namespace: "asdic",
    toolVersion: "0.1.0",
    phase: "complete",
    outcome: "incomplete",
    resultStatus: "failed",
    startedAt: manifest.startedAt,
    updatedAt: "2026-11-21T10:03:05.000Z",
    finishedAt: "2026-11-21T10:03:05.000Z",
    plugins: plugins.map(({ name, driver }) => ({ name, driver, expected: driver === "Job" ? 1 : 3, states: {} })),
    problems: [],
    problemCount: 1,
    results: [
      { plugin: "smoke", node: "global", state: "done", since: "2026-11-21T10:01:00.000Z" },
      { plugin: "node-facts", node: "node-1", state: "done", since: "2026-11-21T10:01:00.000Z" },
      { plugin: "node-facts", node: "node-2", state: "lost", since: "2026-11-21T10:02:00.000Z", ...lost },
      {
        plugin: "node-facts",
        node: "win-1",
        state: "skipped",
        since: "2026-11-21T10:00:01.000Z",
        code: "platform",
        message: "The node runs Windows; the plugin is for Linux.",
      },
      { plugin: "cis", node: "global", state: "done", since: "2026-11-21T10:01:00.000Z" },
    ],
  };
  const health = {
    node_health: {
      total_nodes: 3,
      healthy_nodes: 2,
      details: [{ name: "node-2", healthy: false, ready: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." }],
    },
    pod_health: { total_nodes: 10, healthy_nodes: 10, details: [] },
    api_version: "v1.36.3",
    error_summary: { errors: { "podlogs/kube-system/a.txt": 2, "podlogs/kube-system/b.txt": 11 } },
  };
  return [
    [tarballPaths.manifest, JSON.stringify(manifest)],
    [tarballPaths.info, JSON.stringify({ plugins: plugins.map(({ name }) => name) })],
    [tarballPaths.config, JSON.stringify({ Version: "v0.57.5" })],
    [tarballPaths.serverVersion, JSON.stringify({ gitVersion: "v1.36.3" })],
    [tarballPaths.clusterHealth, JSON.stringify(health)],
    [tarballPaths.definition("smoke"), JSON.stringify({ name: "smoke" })],
    [tarballPaths.resultTree("smoke"), renderResultTree(smokeTree)],
    [`${tarballPaths.results("node-facts", "node-1")}/facts.json`, '{"os":"linux"}'],
    [tarballPaths.error("node-facts", "node-2"), JSON.stringify({ error: lost.message, code: lost.code, hint: lost.hint, evidence })],
    [tarballPaths.resultTree("node-facts"), renderResultTree(nodeFactsTree)],
    [tarballPaths.resultTree("cis"), renderResultTree(cisTree)],
    [tarballPaths.status, JSON.stringify(status)],
  ];
})();
