import { renderSafeText } from "../terminal/safe-text.ts";
import type { Paint } from "../terminal/style.ts";
import type { Problem } from "./check.ts";
import type { Outcome } from "./run-checks.ts";
import { listProblems } from "./run-preflight.ts";

/** What each check found, a line each and the remedies below, and what it means for the run. */
export function renderOutcomes(outcomes: readonly Outcome[], paint: Paint): string {
  const width = Math.max(...outcomes.map(({ code }) => code.length));
  const lines = outcomes.flatMap((outcome) =>
    describe(outcome).map(({ word, sentence, fix }) => {
      const line = `${outcome.code.padEnd(width)}  ${paint(looks[word], word.padEnd(wordWidth))}  ${renderSafeText(sentence)}`.trimEnd();
      return fix === undefined ? line : `${line}\n${" ".repeat(width + wordWidth + 4)}${renderSafeText(fix)}`;
    }),
  );
  return [...lines, "", conclude(outcomes, paint), ""].join("\n");
}

type Line = { readonly word: Word; readonly sentence: string; readonly fix?: string };
type Word = "ok" | Problem["severity"] | "unchecked" | "skipped";

const looks = { ok: "good", error: "bad", warning: "warning", unchecked: "warning", skipped: "warning" } as const;
const wordWidth = "unchecked".length;

function describe(outcome: Outcome): readonly Line[] {
  if (outcome.state === "skipped") return [{ word: "skipped", sentence: "" }];
  if (outcome.state === "not-checked") return [{ word: "unchecked", sentence: outcome.reason }];
  if (outcome.problems.length === 0) return [{ word: outcome.isUnasked === true ? "unchecked" : "ok", sentence: outcome.seen }];
  return outcome.problems.map(({ severity, sentence, fix }) => ({ word: severity, sentence, fix }));
}

function conclude(outcomes: readonly Outcome[], paint: Paint): string {
  const errors = listProblems(outcomes, "error").length;
  const warnings = listProblems(outcomes, "warning").length;
  if (errors > 0) return paint("bad", "This run can't take place.");
  return paint(warnings > 0 ? "warning" : "good", `Nothing that was checked keeps this run from taking place${warnings > 0 ? "; see the warnings" : ""}.`);
}
