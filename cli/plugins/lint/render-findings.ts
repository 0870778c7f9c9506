import { renderSafeText } from "../../terminal/safe-text.ts";
import type { Paint } from "../../terminal/style.ts";
import type { Finding } from "./lint-plugins.ts";
import type { Severity } from "./lint-rule.ts";

/** Findings as compilers print them, `file:line:column: severity: path: message [code]` with the remedy below, and a last line that counts. */
export function renderFindings(findings: readonly Finding[], { files, paint }: { readonly files: number; readonly paint: Paint }): string {
  const lines = findings.flatMap(({ code, severity, path, message, remedy, ...place }) => [
    `${renderSafeText(renderPlace(place))}: ${paint(looks[severity], severity)}: ${renderSafeText(path === "" ? message : `${path}: ${message}`)} [${code}]`,
    `  ${renderSafeText(remedy)}`,
  ]);
  const counts = (["error", "warning", "note"] as const).map((severity) => count(countSeverity(findings, severity), severity));
  return [...lines, `${counts.join(", ")} in ${count(files, "file")}.`, ""].join("\n");
}

/** How many findings have this severity. */
export const countSeverity = (findings: readonly Finding[], wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;

const looks = { error: "bad", warning: "warning", note: "heading" } as const;

const renderPlace = ({ source, line, column }: Pick<Finding, "source" | "line" | "column">): string =>
  [source, line, column].filter((part) => part !== undefined).join(":");

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
