import type { RunReport } from "../run-report.ts";
import { renderMetric, type Sample } from "./render-metric.ts";

/** Metrics in Prometheus' text format, for a node exporter's textfile collector or a push gateway; their number is bounded, and they bear no time of their own. */
export const renderPrometheus = (report: RunReport): string =>
  [
    renderMetric("asdic_run_info", "What made the report's tarball, and of which cluster.", [infoOf(report)]),
    renderMetric("asdic_run_outcome", "1 for the outcome that the run has, 0 for the others.", outcomesOf(report)),
    renderMetric("asdic_run_started_timestamp_seconds", "When the run began.", timeOf(report.run.startedAt)),
    renderMetric("asdic_run_finished_timestamp_seconds", "When the run ended.", timeOf(report.run.finishedAt)),
    renderMetric("asdic_results", "Leaves of the result trees by plugin and status.", resultsOf(report)),
    renderMetric("asdic_findings", "Findings by status and severity, those beyond the report's bound left out.", findingsOf(report)),
    renderMetric("asdic_findings_beyond", "Findings beyond the report's bound.", [{ labels: [], value: report.findingCounts.beyond }]),
    renderMetric("asdic_expected_results", "Results that were expected.", [{ labels: [], value: report.coverage.expected }]),
    renderMetric("asdic_evaluated_results", "Results that came and can be read.", [{ labels: [], value: report.coverage.evaluated }]),
    renderMetric("asdic_not_evaluated_results", "Results that did not come, by reason.", notEvaluatedOf(report)),
    renderMetric("asdic_nodes", "Nodes from which a result was expected, and those of which all came.", nodesOf(report)),
    renderMetric("asdic_plugin_test_seconds", "Sum of the durations of a plugin's tests.", secondsOf(report)),
    renderMetric("asdic_redacted", "How often each rule has hidden something.", redactedOf(report)),
  ].join("");

const infoOf = ({ run, provenance, redaction }: RunReport): Sample => ({
  labels: [
    ["tool", run.tool.name],
    ["version", run.tool.version ?? ""],
    ["run", run.id ?? ""],
    ["server_version", run.serverVersion ?? ""],
    ["cluster", provenance.clusterId ?? ""],
    ["redaction", redaction.state],
  ],
  value: 1,
});

const outcomesOf = ({ outcome }: RunReport): readonly Sample[] =>
  ["passed", "failed", "incomplete"].map((name) => ({ labels: [["outcome", name]], value: name === outcome ? 1 : 0 }));

function timeOf(time: string | undefined): readonly Sample[] {
  const milliseconds = Date.parse(time ?? "");
  return Number.isNaN(milliseconds) ? [] : [{ labels: [], value: milliseconds / 1000 }];
}

const resultsOf = ({ plugins }: RunReport): readonly Sample[] =>
  plugins.flatMap(({ name, counts: { passed, failed, skipped, other } }) =>
    Object.entries({ passed, failed, skipped, ...other }).map(([status, value]): Sample => ({
      labels: [
        ["plugin", name],
        ["status", status],
      ],
      value,
    })),
  );

const findingsOf = ({ findings }: RunReport): readonly Sample[] =>
  findings.map(({ status, severity }): Sample => ({
    labels: [
      ["status", status],
      ["severity", severity],
    ],
    value: 1,
  }));

const notEvaluatedOf = ({ coverage }: RunReport): readonly Sample[] =>
  Object.entries(coverage.notEvaluated).map(([reason, value]): Sample => ({ labels: [["reason", reason]], value }));

const nodesOf = ({ coverage: { nodes } }: RunReport): readonly Sample[] => [
  { labels: [["state", "expected"]], value: nodes.expected },
  { labels: [["state", "covered"]], value: nodes.covered },
];

const secondsOf = ({ plugins }: RunReport): readonly Sample[] =>
  plugins.flatMap(({ name, testSeconds }): readonly Sample[] => (testSeconds === undefined ? [] : [{ labels: [["plugin", name]], value: testSeconds }]));

const redactedOf = ({ redaction }: RunReport): readonly Sample[] =>
  Object.entries(redaction.totals).map(([rule, value]): Sample => ({ labels: [["rule", rule]], value }));
