import type { ResultItem } from "../../../core/contract/result-item.ts";
import type { ResultStatus, RunStatus } from "../../../core/contract/run-status.ts";
import type { Run } from "../../../reports/run.ts";

/** A run as people have them: a suite with a few failures and a flaky test among many, facts of twelve nodes of which one was lost, a benchmark with warnings. */
export function demoRun(): Run {
  const results = [done("e2e", "global", 46), done("cis", "global", 3), ...nodes.map(nodeResult)];
  return {
    path: "/runs/202611211000_asdic_9f31c0de.tar.gz",
    manifest: {
      layoutVersion: 1,
      tool: { name: "asdic", version: "0.1.0" },
      runId: "abcd2345",
      namespace: "asdic",
      serverVersion: "v1.36.3",
      startedAt,
      plugins: [
        { name: "e2e", driver: "Job", resultFormat: "junit", image: "registry.example.test/conformance:v1.36.3" },
        { name: "node-facts", driver: "DaemonSet", resultFormat: "manual", image: "ghcr.io/asdic/asdic:v0.1.0" },
        { name: "cis", driver: "Job", resultFormat: "manual", image: "registry.example.test/cis:1.9" },
      ],
    },
    status: statusOf(results),
    layoutVersion: "v0.57.5",
    serverVersion: "v1.36.3",
    plugins: [
      { name: "e2e", tree: e2eTree() },
      {
        name: "node-facts",
        tree: { name: "node-facts", status: "failed", meta: { type: "summary" }, items: nodes.filter((node) => node !== lostNode).map(factsOf) },
      },
      { name: "cis", tree: cisTree() },
    ],
    errors: [
      {
        plugin: "node-facts",
        node: lostNode,
        file: {
          error: `Node ${lostNode} has not been ready for 60 s, so its result did not come.`,
          code: "node-not-ready",
          hint: `Look at it with \`kubectl describe node ${lostNode}\`.`,
          evidence: {
            conditions: [{ type: "Ready", status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." }],
            events: [{ at: "2026-11-21T10:01:30Z", reason: "NodeNotReady", source: "node-controller", count: 1, message: "Node is not ready" }],
          },
        },
      },
    ],
  };
}

function statusOf(results: readonly ResultStatus[]): RunStatus {
  return {
    runId: "abcd2345",
    namespace: "asdic",
    toolVersion: "0.1.0",
    phase: "complete",
    outcome: "incomplete",
    resultStatus: "failed",
    startedAt,
    updatedAt: minute(48),
    finishedAt: minute(48),
    plugins: [],
    problems: [],
    problemCount: 1,
    results: [...results],
    notes: [
      {
        plugin: "",
        node: "",
        code: "pod-network",
        message: "The pod network drops packets between node-04 and node-07",
        hint: "Look at the network plugin's pods on both.",
      },
    ],
  };
}

function done(plugin: string, node: string, at: number): ResultStatus {
  return { plugin, node, state: "done", since: minute(at), startedAt: minute(plugin === "node-facts" ? at - 0.3 : 0.4) };
}

function nodeResult(node: string, index: number): ResultStatus {
  if (node === lostNode)
    return {
      plugin: "node-facts",
      node,
      state: "lost",
      since: minute(2),
      code: "node-not-ready",
      message: `Node ${node} has not been ready for 60 s, so its result did not come.`,
    };
  if (node === "win-01")
    return { plugin: "node-facts", node, state: "skipped", since: minute(0), code: "platform", message: "The node runs Windows; the plugin is for Linux." };
  return done("node-facts", node, 0.5 + index * 0.11);
}

function factsOf(node: string): ResultItem {
  const facts = { kernel: "6.12.41+deb13-amd64", memory: { totalBytes: 25_276_510_208, swapFreeBytes: 0 }, uptimeSeconds: 4686.08, cpus: 8 };
  return { name: node, status: "passed", meta: { type: "node" }, items: [{ name: "machine", status: "passed", details: facts }] };
}

function e2eTree(): ResultItem {
  const areas = ["sig-network", "sig-storage", "sig-apps", "sig-node", "sig-auth", "sig-api-machinery"];
  const subjects = [
    "Services should serve endpoints on the same port",
    "ConfigMap should be consumable from pods in volume",
    "Deployment should run the lifecycle",
    "Pods should be submitted and removed",
    "ServiceAccounts should mount an API token",
    "Watchers should observe add, update, and delete",
  ];
  const items = areas.flatMap((area, at) =>
    Array.from({ length: 60 }, (_, index): ResultItem => {
      const name = `[It] [${area}] ${subjects[at]} ${index + 1}${index < 40 ? " [Conformance]" : ""}`;
      const duration = ((index * 37 + at * 11) % 90) / 3 + 0.2;
      const failure = failures.get(`${area} ${index}`);
      if (failure !== undefined)
        return { name, status: "failed", details: { duration: duration + 300, classname: "Kubernetes e2e suite", failure, "system-out": log } };
      return index < 40 ? { name, status: "passed", details: { duration } } : { name, status: "skipped", details: { skipped: "skipped" } };
    }),
  );
  const flaky = items[7]?.name ?? "";
  const file: ResultItem = {
    name: "junit_01.xml",
    status: "failed",
    meta: { type: "file", file: "results/global/junit_01.xml" },
    items: [
      {
        name: "Kubernetes e2e suite",
        status: "failed",
        items: [{ name: flaky, status: "failed", details: { duration: 61, failure: "timed out waiting for the condition" } }, ...items],
      },
    ],
  };
  return { name: "e2e", status: "failed", meta: { type: "summary" }, items: [file] };
}

function cisTree(): ResultItem {
  const controls = [
    "1.1.1 API server pod specification file has permissions of 600",
    "1.2.1 anonymous-auth is set to false",
    "4.2.6 protectKernelDefaults is set to true",
    "5.2.2 Minimize the admission of privileged containers",
  ];
  return {
    name: "cis",
    status: "failed",
    meta: { type: "summary" },
    items: controls.map((name, index) => ({
      name,
      status: ["passed", "passed", "warned", "failed"][index] ?? "",
      details: { remediation: `See section ${name.split(" ")[0]}.` },
    })),
  };
}

const startedAt = "2026-11-21T10:00:00.000Z";
const minute = (minutes: number): string => new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
const lostNode = "node-07";
const nodes = [...Array.from({ length: 11 }, (_, index) => `node-${String(index + 1).padStart(2, "0")}`), "win-01"];
const log = Array.from(
  { length: 40 },
  (_, index) => `Nov 21 10:${String(10 + (index % 40)).padStart(2, "0")}:07.123 INFO: waiting for endpoints of service "affinity-nodeport" (${index + 1}/40)`,
).join("\n");
const failures: ReadonlyMap<string, string> = new Map([
  [
    "sig-network 3",
    'Timed out after 300.001s.\nExpected\n    <int>: 0\nto equal\n    <int>: 3\nservice "affinity-nodeport" has no ready endpoints in namespace "services-4471"\n  k8s.io/kubernetes/test/e2e/network/service.go:1322',
  ],
  ["sig-storage 12", 'pod "pod-configmaps-19ab" in namespace "configmap-2210" is still Pending: 0/12 nodes are available: 1 node(s) were unschedulable'],
]);
