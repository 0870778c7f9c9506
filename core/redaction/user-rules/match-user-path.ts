import type { UserPath, UserRules } from "./user-rules.ts";

/** What the user's rules say about a place in an object: the id of the rule that hides it, "keep", or nothing. */
export function matchUserPath(
  rules: UserRules | undefined,
  { path, kind }: { readonly path: readonly string[]; readonly kind: string | undefined },
): string | undefined {
  if (rules === undefined) return undefined;
  if (rules.allowedPaths.some((allowed) => matches(allowed, path))) return "keep";
  return rules.paths.find((rule) => isOfKind(rule, kind) && matches(rule.path, path))?.id;
}

const isOfKind = (rule: UserPath, kind: string | undefined): boolean => rule.kind === undefined || rule.kind === kind;

/** Whether the steps are those of the pattern; "**" stands for any number of them. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === "**") return rest.length === 0 || path.some((_, at) => matches(rest, path.slice(at)));
  return path.length > 0 && (first === "*" || first === path[0]) && matches(rest, path.slice(1));
}
