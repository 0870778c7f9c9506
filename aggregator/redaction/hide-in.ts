import type { ProgressUpdate } from "../../core/contract/run-status.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import { redactText } from "../../core/redaction/text/redact-text.ts";

/** A short text without its secrets; the same where nothing is to be hidden. */
export const hideIn = (redactor: Redactor | undefined, text: string): string =>
  redactor === undefined ? text : redactText(redactor, text, { tally: createTally() });

/** What a plugin says of its progress, without secrets. */
export function hideInProgress(redactor: Redactor | undefined, update: ProgressUpdate): ProgressUpdate {
  if (redactor === undefined) return update;
  const { msg, errors, failures, appendfailing, ...counts } = update;
  const hide = (texts: readonly string[]): string[] => texts.map((text) => hideIn(redactor, text));
  return {
    ...counts,
    ...(msg !== undefined && { msg: hideIn(redactor, msg) }),
    ...(errors && { errors: hide(errors) }),
    ...(failures && { failures: hide(failures) }),
    ...(appendfailing && { appendfailing: hide(appendfailing) }),
  };
}
