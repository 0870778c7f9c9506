import type { FindingStatus, Severity } from "../../../core/contract/report/finding.ts";
import { renderLine } from "../../visible-text.ts";

/** How a state is shown: a colour's name, an icon's name and a word, so that colour is never alone. */
export type StateWord = { readonly tone: Tone; readonly word: string };
export type Tone = "good" | "bad" | "warn" | "open" | "info" | "none";

/** Of findings. */
export const statusWords: { readonly [S in FindingStatus]: StateWord } = {
  fail: { tone: "bad", word: "Failed" },
  warn: { tone: "warn", word: "Warning" },
  "not-evaluated": { tone: "open", word: "Not evaluated" },
  info: { tone: "info", word: "Information" },
  "not-applicable": { tone: "none", word: "Not applicable" },
  pass: { tone: "good", word: "Passed" },
};

/** Of severities, the worst first. */
export const severityWords: { readonly [S in Severity]: string } = { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" };

/** Of results and cases, whatever word a plugin has for them. */
export function resultWord(status: string): StateWord {
  const known = resultWords.get(status);
  if (known !== undefined) return known;
  return { tone: status.startsWith("failed") ? "bad" : "none", word: renderLine(status) || "Unknown" };
}

const resultWords: ReadonlyMap<string, StateWord> = new Map([
  ["passed", { tone: "good", word: "Passed" }],
  ["complete", { tone: "good", word: "Complete" }],
  ["done", { tone: "good", word: "Came" }],
  ["failed", { tone: "bad", word: "Failed" }],
  ["timeout", { tone: "bad", word: "Timed out" }],
  ["timed-out", { tone: "open", word: "Timed out" }],
  ["lost", { tone: "open", word: "Lost" }],
  ["unknown", { tone: "open", word: "Unknown" }],
  ["skipped", { tone: "none", word: "Skipped" }],
  ["warned", { tone: "warn", word: "Warned" }],
  ["", { tone: "none", word: "Not expected" }],
]);
