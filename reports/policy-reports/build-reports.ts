import { createHash } from "node:crypto";
import type { JsonObject } from "../../core/contract/json.ts";
import type { Finding, Severity } from "../../core/contract/report/finding.ts";
import type { RunReport } from "../run-report.ts";
import { renderLine, renderLines } from "../visible-text.ts";

/** What the two kinds of policy reports differ in. */
export type PolicyKind = {
  readonly apiVersion: string;
  readonly cluster: string;
  readonly namespaced: string;
  readonly severityOf: (severity: Severity) => string;
};

/** A report for the cluster and one for each namespace with findings, in pieces of at most 900 KB of results; what passed is counted in the first one alone, and is no result. */
export function buildReports(report: RunReport, kind: PolicyKind): readonly JsonObject[] {
  const groups = Map.groupBy(report.findings, ({ object }) => (isNamespace(object?.namespace) ? object.namespace : ""));
  const all = [...(groups.has("") ? [] : [["", []] as const]), ...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return all.flatMap(([namespace, findings]) => {
    const pieces = split(findings.map((finding) => buildResult(finding, kind)));
    return pieces.map((results, index) => buildPiece(report, kind, { namespace, results, index }));
  });
}

/** etcd takes 1.5 MB; labels, managed fields and what a writer adds need room too. */
const mostBytes = 900_000;

function split(results: readonly JsonObject[]): readonly (readonly JsonObject[])[] {
  const pieces: JsonObject[][] = [[]];
  let bytes = 0;
  for (const result of results) {
    const size = Buffer.byteLength(JSON.stringify(result));
    if (bytes + size > mostBytes) {
      pieces.push([]);
      bytes = 0;
    }
    bytes += size;
    pieces.at(-1)?.push(result);
  }
  return pieces;
}

type Piece = { readonly namespace: string; readonly results: readonly JsonObject[]; readonly index: number };

const buildPiece = (report: RunReport, kind: PolicyKind, { namespace, results, index }: Piece): JsonObject => ({
  apiVersion: kind.apiVersion,
  kind: namespace === "" ? kind.cluster : kind.namespaced,
  metadata: {
    name: `asdic-${nameOf(report)}${index === 0 ? "" : `-${index + 1}`}`,
    ...(namespace === "" ? {} : { namespace }),
    labels: { "app.kubernetes.io/managed-by": "asdic" },
    ...ownersOf(report),
    annotations: { "asdic.dev/tarball": renderLine(report.tarball), "asdic.dev/outcome": report.outcome },
  },
  summary: {
    ...Object.fromEntries(["pass", "fail", "warn", "error", "skip"].map((result) => [result, results.filter((one) => one["result"] === result).length])),
    ...(namespace === "" && index === 0 ? { pass: report.counts.passed } : {}),
  },
  results,
});

/** With the run's namespace its reports go too; a namespace may own what is in others, and what is in none. */
function ownersOf({ run: { namespace, namespaceUid = "" } }: RunReport): JsonObject {
  const isUid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(namespaceUid);
  return isUid && isNamespace(namespace) ? { ownerReferences: [{ apiVersion: "v1", kind: "Namespace", name: namespace, uid: namespaceUid }] } : {};
}

/** The run's id where it is one, else of the tarball's name. */
const nameOf = ({ run, tarball }: RunReport): string =>
  /^[a-z0-9]{8}$/.test(run.id ?? "") ? (run.id ?? "") : createHash("sha256").update(tarball).digest("hex").slice(0, 8);

const isNamespace = (name: string | undefined): name is string => name !== undefined && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name);

const results: { readonly [S in Finding["status"]]: string } = {
  fail: "fail",
  warn: "warn",
  "not-evaluated": "error",
  info: "skip",
  "not-applicable": "skip",
  pass: "pass",
};

function buildResult(finding: Finding, kind: PolicyKind): JsonObject {
  const { id, title, category, status, severity, message, object, plugin, fingerprint, file, remediation, time } = finding;
  const left = status === "not-evaluated" && severity === "info";
  return {
    source: "asdic",
    policy: renderLine(id) || "unnamed",
    rule: renderLine(title),
    category,
    result: left ? "skip" : results[status],
    severity: kind.severityOf(severity),
    scored: status === "fail",
    ...timestampOf(time),
    message: renderLines(message),
    ...(object?.kind === undefined || object.name === undefined ? {} : { resources: [resourceOf(object)] }),
    properties: {
      fingerprint,
      plugin: renderLine(plugin),
      ...(file === undefined ? {} : { file: renderLine(file) }),
      ...(remediation === undefined ? {} : { remediation: renderLine(remediation.text) }),
    },
  };
}

const resourceOf = ({ apiVersion, kind, namespace, name, uid }: NonNullable<Finding["object"]>): JsonObject => ({
  ...(apiVersion === undefined ? {} : { apiVersion: renderLine(apiVersion) }),
  kind: renderLine(kind ?? ""),
  name: renderLine(name ?? ""),
  ...(namespace === undefined ? {} : { namespace: renderLine(namespace) }),
  ...(uid === undefined ? {} : { uid: renderLine(uid) }),
});

function timestampOf(time: string | undefined): JsonObject {
  const milliseconds = Date.parse(time ?? "");
  if (Number.isNaN(milliseconds)) return {};
  return { timestamp: { seconds: Math.floor(milliseconds / 1000), nanos: (((milliseconds % 1000) + 1000) % 1000) * 1_000_000 } };
}
