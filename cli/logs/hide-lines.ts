import { redactString } from "../../core/redaction/objects/redact-string.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";

/** A line of a log without its secrets; lines of one log, named by its key, come in their order. A line on which a rule fails is left out. */
export type HideLine = (log: string, line: string) => string;

/** Hides nothing without a redactor. Lines are told at once, so of what spreads over lines only private keys are known, by their first line. */
export function createHideLine(redactor: Redactor | undefined): HideLine {
  if (redactor === undefined) return (_log, line) => line;
  const place = { tally: createTally(), depth: 0 };
  /** How many lines of a key may still come, by log. */
  const inKeys = new Map<string, number>();
  return (log, line) => {
    const left = inKeys.get(log) ?? 0;
    if (left > 0) {
      inKeys.set(log, line.includes("-----END ") ? 0 : left - 1);
      return "REDACTED";
    }
    const begin = beginOfKey.exec(line);
    if (begin !== null && !line.includes("-----END ", begin.index)) inKeys.set(log, longestKey);
    try {
      return redactString(redactor, begin !== null && inKeys.get(log) === longestKey ? `${line.slice(0, begin.index)}REDACTED` : line, place);
    } catch {
      return "[asdic: this line was left out, because it could not be searched for secrets]";
    }
  };
}

const beginOfKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** Lines of the longest keys that people have. */
const longestKey = 200;
