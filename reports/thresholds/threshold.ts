import { severities } from "../../core/contract/report/finding-words.ts";
import type { Severity } from "../../core/contract/report/finding.ts";

/** What of a report lets a command end with another code than 0; `severity` is the least that counts, of what failed or warns. */
export type Threshold =
  | { readonly kind: "fail" | "warn" | "not-evaluated" | "incomplete" | "new" | "worse" }
  | { readonly kind: "severity"; readonly least: Severity }
  | { readonly kind: "coverage"; readonly percent: number };

/** One word of --fail-on; undefined for a word that is none. `failed` is another word for fail. */
export function parseThreshold(word: string): Threshold | undefined {
  if (word === "failed") return { kind: "fail" };
  const least = severities.find((severity) => word === `severity=${severity}`);
  return least === undefined ? plain.find(({ kind }) => kind === word) : { kind: "severity", least };
}

const plain = (["fail", "warn", "not-evaluated", "incomplete", "new", "worse"] as const).map((kind) => ({ kind }));

/** Every word that --fail-on takes; new and worse need something to compare with. */
export const thresholdWords = ["fail", "failed", "warn", "not-evaluated", "incomplete", ...severities.map((severity) => `severity=${severity}`)];

/** As it is typed. */
export const renderThreshold = (threshold: Threshold): string =>
  threshold.kind === "coverage"
    ? `--min-coverage ${threshold.percent}`
    : `--fail-on ${threshold.kind === "severity" ? `severity=${threshold.least}` : threshold.kind}`;
