import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { ProgressUpdate } from "../../core/contract/run-status.ts";
import { redactJsonText } from "../../core/redaction/objects/redact-json-text.ts";
import { redactObject } from "../../core/redaction/objects/redact-object.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import type { Tally } from "../../core/redaction/tally.ts";
import { redactText } from "../../core/redaction/text/redact-text.ts";
import type { ResultProblem } from "../state/expected-results.ts";

/** What the aggregator's own words go through before they are kept, told or written: they quote events, logs and answers. What a rule fails on is left out. */
export type Guard = {
  readonly text: (text: string) => string;
  /** Of JSON; a list stays one. */
  readonly json: (text: string) => string;
  readonly problem: (problem: ResultProblem) => ResultProblem;
  readonly progress: (update: ProgressUpdate) => ProgressUpdate;
  /** What it has hidden. */
  readonly tally: Tally;
};

/** A guard that hides nothing where there is no redactor. */
export function createGuard(redactor: Redactor | undefined): Guard {
  const tally = createTally();
  if (redactor === undefined) return { text: (text) => text, json: (text) => text, problem: (problem) => problem, progress: (update) => update, tally };
  const place = { tally, depth: 0 };
  const attempt = <T>(clean: () => T, otherwise: T): T => {
    try {
      return clean();
    } catch {
      tally.dropped.push("a rule failed on it");
      return otherwise;
    }
  };
  const text = (open: string): string => attempt(() => redactText(redactor, open, { tally }), leftOut);
  const object = (open: JsonObject): JsonObject => {
    const clean = attempt(() => redactObject(redactor, open, place), {});
    return isJsonObject(clean) ? clean : {};
  };
  return {
    tally,
    text,
    json: (open) =>
      attempt(() => redactJsonText(redactor, open, place), undefined) ?? (open.startsWith("[") ? "[]" : `${JSON.stringify({ redacted: leftOut })}\n`),
    problem: ({ message, evidence, ...rest }) => ({ ...rest, message: text(message), ...(evidence && { evidence: object(evidence) }) }),
    progress: ({ msg, errors, failures, appendfailing, ...counts }) => ({
      ...counts,
      ...(msg !== undefined && { msg: text(msg) }),
      ...(errors && { errors: errors.map(text) }),
      ...(failures && { failures: failures.map(text) }),
      ...(appendfailing && { appendfailing: appendfailing.map(text) }),
    }),
  };
}

const leftOut = "left out, because it could not be searched for secrets";
