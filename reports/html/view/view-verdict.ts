import { describeOutcome, outcomeLabels } from "../../describe.ts";
import type { RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";
import type { Tone } from "./state-words.ts";

/** The answer to "is it all right?": a state, its word and a sentence in the words of every other format. */
export function viewVerdict(report: RunReport): { readonly tone: Tone; readonly label: string; readonly sentence: string; readonly place: string } {
  const { run, tarball } = report;
  const cluster = [run.serverVersion === undefined ? "" : `Kubernetes ${run.serverVersion}`, run.id === undefined ? "" : `run ${run.id}`, tarball];
  return {
    tone: tones[report.outcome],
    label: outcomeLabels[report.outcome].replace(/^\S+ /, ""),
    sentence: describeOutcome(report),
    place: cluster
      .filter((part) => part !== "")
      .map(renderLine)
      .join(" · "),
  };
}

const tones: { readonly [O in RunReport["outcome"]]: Tone } = { passed: "good", failed: "bad", incomplete: "open" };
