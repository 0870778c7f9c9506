import { renderLine } from "../visible-text.ts";

/** A number and its labels. */
export type Sample = { readonly labels: readonly (readonly [name: string, value: string])[]; readonly value: number };

/** A gauge in the text format: samples with the same labels are added up, those beyond a thousand into one with "other" as every label; "" where there are none. */
export function renderMetric(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const sums = new Map<string, number>();
  for (const { labels, value } of samples) {
    const key = renderLabels(labels);
    const kept = sums.has(key) || sums.size < mostSeries ? key : renderLabels(labels.map(([label]) => [label, "other"]));
    sums.set(kept, (sums.get(kept) ?? 0) + value);
  }
  const lines = [...sums].map(([labels, value]) => `${name}${labels} ${Number.isFinite(value) ? value : 0}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

const mostSeries = 1000;
const longestValue = 200;

const renderLabels = (labels: Sample["labels"]): string =>
  labels.length === 0 ? "" : `{${labels.map(([label, value]) => `${label}="${escapeLabel(value)}"`).join(",")}}`;

const escapeLabel = (value: string): string => {
  const line = renderLine(value);
  return (line.length <= longestValue ? line : `${line.slice(0, longestValue).toWellFormed()}…`).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
};
