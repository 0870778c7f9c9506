import type { Selection } from "../contract/snapshot-options.ts";

/** Whether any of something's names is taken in and none left out; `*` in a pattern stands for any characters, and case does not matter. */
export function isSelected({ only, except }: Selection, names: readonly string[]): boolean {
  const fits = (patterns: readonly string[]): boolean => patterns.some((pattern) => names.some((name) => matchName(pattern, name)));
  return (only.length === 0 || fits(only)) && !fits(except);
}

/** Without a regular expression, which many stars would keep busy for ever. */
function matchName(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const text = name.toLowerCase();
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  let at = first.length;
  if (!text.startsWith(first)) return false;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
