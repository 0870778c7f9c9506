import type { Finding } from "../../../core/contract/report/finding.ts";
import { diffRuns } from "../../../reports/diff/diff-runs.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { summarize } from "../../../reports/summarize.ts";
import { demoRun } from "./demo-run.ts";

/** The report of the demo run, with findings that checks will make: each status, severity, waiver, reference and reason that a page must show. */
export function demoReport(): RunReport {
  const report = summarize(demoRun());
  const findings = [...ofChecks.slice(0, 2), ...report.findings, ...ofChecks.slice(2)];
  const bySeverity: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  for (const { status, severity } of findings) {
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (status === "fail" || status === "warn") bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  }
  const whole: RunReport = {
    ...report,
    findings,
    findingCounts: { total: findings.length, beyond: 0, byStatus, bySeverity },
    waivers: [
      {
        id: "WL-009",
        object: { namespace: "old-*" },
        reason: "The namespace goes in spring.",
        owner: "shop@example.test",
        expires: "2027-03-01",
        state: "unused",
        findings: 0,
      },
    ],
    redaction: { state: "on", privacy: "standard", totals: { "bearer-token": 14, "private-key": 2, "url-password": 5 }, dropped: 1, kept: 2 },
  };
  return { ...whole, diff: diffRuns(earlierReport(whole), whole) };
}

/** The same a week ago: one thing was not there yet, one stood otherwise, and one has gone since. */
function earlierReport(later: RunReport): RunReport {
  const [first, second, ...rest] = later.findings;
  if (first === undefined || second === undefined) throw new Error("the demo has findings");
  const gone: Finding = { ...first, id: "WL-020", fingerprint: "7182930415263748", title: "A pod mounts the container runtime's socket" };
  return { ...later, tarball: "202611141000_asdic_1c2d3e4f.tar.gz", findings: [{ ...second, status: "warn", severity: "medium" }, ...rest, gone] };
}

const privileged: Finding = {
  id: "WL-001",
  fingerprint: "0a1b2c3d4e5f6071",
  status: "fail",
  severity: "critical",
  category: "security",
  title: "A container runs privileged",
  object: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "cart", container: "app", owner: "Deployment/cart" },
  message: "The container has every right on its node: who breaks out of it owns the node and all secrets that are mounted there.",
  evidence: [{ label: "spec.template.spec.containers[0].securityContext", lines: ["privileged: true", "runAsUser: 0"] }],
  remediation: { text: "Take `privileged` away, and add only the capabilities that it needs.", command: "kubectl -n shop edit deployment cart" },
  refs: { cis: ["5.2.2"], stig: ["V-242436"], nsa: ["pod-security"], url: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"] },
  plugin: "snapshot",
  scope: "cluster",
  time: "2026-11-21T10:47:10.000Z",
  file: "resources/ns/shop/apps_v1_Deployment.json",
};

const ofChecks: readonly Finding[] = [
  privileged,
  {
    ...privileged,
    id: "RB-004",
    fingerprint: "1b2c3d4e5f607182",
    severity: "high",
    title: "A role may read all secrets",
    object: { kind: "ClusterRole", name: "ci-deployer" },
    refs: { cis: ["5.1.2"] },
    message: "It is bound to 3 service accounts, of which one is mounted into pods that serve the internet.",
    evidence: [{ label: "bound to", lines: ["ci/deployer", "shop/default", "web/front"] }],
  },
  {
    ...privileged,
    id: "WL-014",
    fingerprint: "2c3d4e5f60718293",
    status: "warn",
    severity: "medium",
    title: "An image has no digest",
    object: { kind: "StatefulSet", namespace: "data", name: "postgres", container: "db" },
    refs: {},
    message: "What runs can change without a change of the object.",
    evidence: [],
  },
  {
    ...privileged,
    id: "WL-001",
    fingerprint: "3d4e5f6071829304",
    title: "A container runs privileged",
    object: { kind: "DaemonSet", namespace: "kube-system", name: "network-agent", container: "agent" },
    waiver: { reason: "The network plugin needs it; reviewed by security.", owner: "platform@example.test", expires: "2027-01-31", state: "active" },
  },
  {
    ...privileged,
    id: "ND-002",
    fingerprint: "4e5f607182930415",
    status: "warn",
    severity: "low",
    category: "node",
    title: "Swap is on",
    object: { kind: "Node", name: "node-04", node: "node-04" },
    node: "node-04",
    scope: "node",
    refs: { cis: ["4.2.6"] },
    waiver: { reason: "To be turned off with the next image.", owner: "nodes@example.test", expires: "2026-10-01", state: "expired" },
  },
  {
    ...privileged,
    id: "ET-001",
    fingerprint: "5f60718293041526",
    status: "not-evaluated",
    severity: "medium",
    title: "Secrets are encrypted in etcd",
    object: { kind: "Pod", namespace: "kube-system", name: "kube-apiserver" },
    message: "The API server's flags could not be read.",
    evidence: [],
    reasonNotEvaluated: {
      code: "forbidden",
      message: "The API server refused it.",
      missing: { verb: "get", resource: "nodes/proxy", nodes: ["node-01"] },
      role: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: asdic-read-nodes\nrules:\n  - apiGroups: [""]\n    resources: [nodes/proxy]\n    verbs: [get]\n',
    },
  },
  {
    ...privileged,
    id: "IN-001",
    fingerprint: "6071829304152637",
    status: "info",
    severity: "info",
    category: "inventory",
    title: "Three versions of the kubelet are in use",
    object: { kind: "Node" },
    refs: {},
    message: "v1.36.3 on 9 nodes, v1.36.1 on 2, v1.35.9 on 1.",
    evidence: [],
  },
];
