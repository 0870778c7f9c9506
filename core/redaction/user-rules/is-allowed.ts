import type { UserRules } from "./user-rules.ts";

/** Whether the user's allow-list says that this value may stay. */
export function isAllowed(rules: UserRules | undefined, value: string): boolean {
  if (rules === undefined) return false;
  return rules.allowedLiterals.has(value) || rules.allowedPatterns.some((pattern) => pattern.exec(value)?.[0] === value);
}
