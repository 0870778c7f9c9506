import type { Finding } from "../../core/contract/report/finding.ts";
import type { RunReport } from "../run-report.ts";
import { renderLine } from "../visible-text.ts";

/** The findings as CSV (RFC 4180 but for its line ends; UTF-8, a line a finding, quotes around every cell); nothing in it is a formula to a sheet. */
export function renderCsv({ findings, findingCounts }: RunReport): string {
  const rows = [columns.map(([name]) => name), ...findings.map((finding) => columns.map(([, read]) => read(finding) ?? ""))];
  const beyond = `${findingCounts.beyond} more findings are in the tarball and not in this file.`;
  const told = findingCounts.beyond === 0 ? rows : [...rows, columns.map(([name]) => (name === "message" ? beyond : name === "status" ? "info" : ""))];
  return told.map((row) => `${row.map(renderCell).join(",")}\n`).join("");
}

const columns: readonly (readonly [name: string, read: (finding: Finding) => string | undefined])[] = [
  ["status", ({ status }) => status],
  ["severity", ({ severity }) => severity],
  ["id", ({ id }) => id],
  ["title", ({ title }) => title],
  ["message", ({ message }) => message],
  ["plugin", ({ plugin }) => plugin],
  ["node", ({ node }) => node],
  ["kind", ({ object }) => object?.kind],
  ["namespace", ({ object }) => object?.namespace],
  ["name", ({ object }) => object?.name],
  ["category", ({ category }) => category],
  ["scope", ({ scope }) => scope],
  ["remediation", ({ remediation }) => remediation?.text],
  ["file", ({ file }) => file],
  ["waiver", ({ waiver }) => (waiver === undefined ? undefined : `${waiver.state}: ${waiver.reason}`)],
  ["fingerprint", ({ fingerprint }) => fingerprint],
];

/** Sheets in other languages part cells at semicolons or tabs, so a formula is disarmed behind those too. */
function renderCell(text: string): string {
  const line = renderLine(text).replaceAll("\t", " ");
  const disarmed = line.replace(/^[=+\-@|%＝＋－＠％'"]/, "'$&").replaceAll(/([;,|"])(\s*)(?=[=+\-@＝＋－＠])/g, "$1$2'");
  return `"${disarmed.replaceAll('"', '""')}"`;
}
