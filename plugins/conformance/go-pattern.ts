import { findPatternProblem } from "./find-pattern-problem.ts";

/** The longest text that a process gets as one variable or argument on Linux is 128 KiB with its name. */
export const longestPattern = 128 * 1024 - 64;

/** What Go, which reads the pattern in the suite, would refuse about it, with the place; undefined if nothing. `flag` names it. */
export function checkGoPattern(flag: string, pattern: string): string | undefined {
  const size = Buffer.byteLength(pattern);
  if (size > longestPattern)
    return `${flag}: the pattern has ${Math.ceil(size / 1024)} KiB, and a variable of a container has 128 KiB at most; choose tests by words that their names share.`;
  const problem = findPatternProblem(pattern);
  if (problem === undefined) return undefined;
  const text = problem.text.length > shownCharacters ? `${problem.text.slice(0, shownCharacters)}…` : problem.text;
  return `${flag}: character ${problem.at}, "${text}": ${problem.message}.`;
}

const shownCharacters = 20;

/** For who wrote such a pattern. */
export const patternHint =
  "Go reads it (https://github.com/google/re2/wiki/Syntax); put a backslash before a bracket that stands for itself, as in '\\[Conformance\\]'.";

/** A pattern that a text matches, as Go's regexp.QuoteMeta; quotation marks would not survive the suite's shell, so any character may stand there. */
export function quoteName(name: string): string {
  return name.replaceAll(/[\\.+*?()|[\]{}^$]/g, "\\$&").replaceAll('"', ".");
}
