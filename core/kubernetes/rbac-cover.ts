import type { PolicyRule } from "./rbac.ts";
import { isPathCovered, isResourceCovered } from "./rbac.ts";

/**
 * What of `wanted` is in none of `held`, as rules of one resource each, in the words of an API server's refusal and sorted as there; empty when all is held.
 * Source: k8s.io/component-helpers, auth/rbac/validation, and k8s.io/kubernetes, pkg/registry/rbac/validation/policy_compact.go.
 */
export function missingRights(wanted: readonly PolicyRule[], held: readonly PolicyRule[]): readonly string[] {
  const missing = wanted.flatMap(breakDown).filter((part) => !held.some((rule) => isCovered(part, rule)));
  return [...new Set(compact(missing).map(renderRule))].toSorted();
}

const nothing: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

function breakDown(rule: PolicyRule): readonly PolicyRule[] {
  const names = rule.resourceNames.length === 0 ? [[]] : rule.resourceNames.map((name) => [name]);
  const ofResources = rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.flatMap((verb) => names.map((resourceNames) => ({ ...nothing, apiGroups: [group], resources: [resource], verbs: [verb], resourceNames }))),
    ),
  );
  const ofPaths = rule.nonResourceURLs.flatMap((path) => rule.verbs.map((verb) => ({ ...nothing, nonResourceURLs: [path], verbs: [verb] })));
  return [...ofResources, ...ofPaths];
}

function isCovered(part: PolicyRule, rule: PolicyRule): boolean {
  const all = (allowed: readonly string[], asked: readonly string[]): boolean => allowed.includes("*") || asked.every((value) => allowed.includes(value));
  return (
    all(rule.verbs, part.verbs) &&
    all(rule.apiGroups, part.apiGroups) &&
    part.resources.every((resource) => rule.resources.some((pattern) => isResourceCovered(pattern, resource))) &&
    part.nonResourceURLs.every((path) => rule.nonResourceURLs.some((pattern) => isPathCovered(pattern, path))) &&
    (rule.resourceNames.length === 0 || (part.resourceNames.length > 0 && part.resourceNames.every((name) => rule.resourceNames.includes(name))))
  );
}

/** Verbs of one resource come together; those of a path don't. */
function compact(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const joined = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const verbs = rule.resources.length === 0 ? rule.verbs : [];
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs, verbs]);
    const before = joined.get(key);
    joined.set(key, before ? { ...rule, verbs: [...new Set([...before.verbs, ...rule.verbs])] } : rule);
  }
  return [...joined.values()];
}

function renderRule(rule: PolicyRule): string {
  const part = (label: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`${label}:[${values.map((value) => JSON.stringify(value)).join(" ")}]`];
  const parts = [
    ...part("APIGroups", rule.apiGroups),
    ...part("Resources", rule.resources),
    ...part("NonResourceURLs", rule.nonResourceURLs),
    ...part("ResourceNames", rule.resourceNames),
    ...part("Verbs", rule.verbs),
  ];
  return `{${parts.join(", ")}}`;
}
