import { parseTogether, type Attempt } from "../../../../cli/run/problems.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";

/** What a group's parser makes of flags; one error for all that is wrong, as people get it. */
export const parseAll = <Flags, T>(parse: (flags: Flags, attempt: Attempt) => T, flags: Flags): T => parseTogether((attempt) => parse(flags, attempt));

/** What the error says, with its remedies; fails where there is none. */
export function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (!isKnownError(error) || error.exitCode !== 2) throw error;
    return `${error.message}\n${error.hint ?? ""}`;
  }
  throw new Error("nothing was refused");
}
