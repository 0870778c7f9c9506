import { renderYaml } from "./render-yaml.ts";
import type { RunReport } from "../run-report.ts";
import { buildReports, type PolicyKind } from "./build-reports.ts";

/** OpenReports' ClusterReport and Reports as YAML to apply: one for the cluster and one for each namespace, in pieces that etcd takes. */
export const renderOpenReports = (report: RunReport): string => renderAll(report, openReports);

/** The same as ClusterPolicyReport and PolicyReports of the policy working group, which is what most dashboards read. */
export const renderPolicyReports = (report: RunReport): string => renderAll(report, policyReports);

const openReports: PolicyKind = {
  apiVersion: "openreports.io/v1alpha1",
  cluster: "ClusterReport",
  namespaced: "Report",
  severityOf: (severity) => severity,
};

/** Its first definition, which many clusters still have, knows three severities. */
const policyReports: PolicyKind = {
  apiVersion: "wgpolicyk8s.io/v1alpha2",
  cluster: "ClusterPolicyReport",
  namespaced: "PolicyReport",
  severityOf: (severity) => ({ critical: "high", high: "high", medium: "medium", low: "low", info: "low" })[severity],
};

function renderAll(report: RunReport, kind: PolicyKind): string {
  const beyond = report.findingCounts.beyond;
  const told = beyond === 0 ? "" : `# ${beyond} more findings are in the tarball and not in this file.\n`;
  return `${told}${buildReports(report, kind).map(renderYaml).join("---\n")}`;
}
