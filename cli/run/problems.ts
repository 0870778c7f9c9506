import { isKnownError, KnownError } from "../../core/contract/known-error.ts";

/** Does one step of reading what a person typed: its value, or undefined where they have to change something, which is kept for `throwAll`. */
export type Attempt = <T>(step: () => T) => T | undefined;

/** All that is wrong with one command line, told together. */
export type Problems = {
  readonly attempt: Attempt;
  readonly attemptLater: <T>(step: () => Promise<T>) => Promise<T | undefined>;
  /** One KnownError for all that was kept, each with its remedy; nothing where nothing was. */
  readonly throwAll: () => void;
};

/** Keeps wrong use and invalid files (exit code 2) and lets everything else through. */
export function createProblems(): Problems {
  const kept: KnownError[] = [];
  const keep = (error: unknown): undefined => {
    if (!isKnownError(error) || error.exitCode !== 2) throw error;
    kept.push(error);
  };
  return {
    attempt(step) {
      try {
        return step();
      } catch (error) {
        return keep(error);
      }
    },
    attemptLater: (step) => step().catch(keep),
    throwAll() {
      const [first] = kept;
      if (first !== undefined) throw kept.length === 1 ? first : new KnownError(first.code, describe(kept), { hint: "Nothing was created." });
    },
  };
}

/** What `parse` returns, or one KnownError with all problems of its attempts. */
export function parseTogether<T>(parse: (attempt: Attempt) => T): T {
  const { attempt, throwAll } = createProblems();
  const parsed = parse(attempt);
  throwAll();
  return parsed;
}

function describe(kept: readonly KnownError[]): string {
  const lines = kept.flatMap(({ message, hint }) => [message, ...(hint === undefined || hint === "Nothing was created." ? [] : [indent(hint)])]);
  return ["Several things can't be right.", ...lines].join("\n");
}

const indent = (text: string): string => text.replaceAll(/^/gm, "  ");
