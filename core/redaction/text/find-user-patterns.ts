import { hidden } from "../names/is-harmless.ts";
import type { Redactor } from "../redactor.ts";
import type { Hit } from "./find-hits.ts";

/** What the user's own regular expressions find: group `secret` of them, or the first group, or all that they match. */
export function findUserPatterns({ userRules }: Redactor, text: string): readonly Hit[] {
  if (userRules === undefined) return [];
  return userRules.patterns.flatMap(({ id, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const indices = match.indices;
      const [start, end] = indices?.groups?.["secret"] ?? indices?.[1] ?? indices?.[0] ?? [0, 0];
      return start === end || text.startsWith(hidden, start) ? [] : [{ start, end, rule: id, replacement: hidden }];
    }),
  );
}
