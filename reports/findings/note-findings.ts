import type { RunFacts } from "../run-report.ts";
import type { FindingDraft } from "./fingerprint.ts";

/** A finding for each note of a run: what was not as it should be and cost no result. */
export const listNoteFindings = ({ notes = [] }: RunFacts): readonly FindingDraft[] =>
  notes.map(({ code, message, hint }) => ({
    id: code,
    status: "warn",
    severity: "low",
    category: "run",
    title: message,
    message,
    evidence: [],
    ...(hint === "" ? {} : { remediation: { text: hint } }),
    plugin: "",
    scope: "cluster",
  }));
