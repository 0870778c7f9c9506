import type { UserPath, UserRules } from "./user-rules.ts";

/** The user's rules with more places in objects behind them; undefined where there are neither. */
export function addPaths(rules: UserRules | undefined, paths: readonly UserPath[]): UserRules | undefined {
  if (paths.length === 0) return rules;
  return rules === undefined ? { ...none, paths } : { ...rules, paths: [...rules.paths, ...paths] };
}

const none: UserRules = {
  literals: [],
  patterns: [],
  paths: [],
  files: [],
  allowedLiterals: new Set(),
  allowedPatterns: [],
  allowedPaths: [],
  allowedFiles: [],
  ids: [],
};
