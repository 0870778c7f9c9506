import { field, list, text } from "./field.ts";

/** A rule of a Role or ClusterRole; lists that are missing there are empty here. */
export type PolicyRule = {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
};

/** What is asked for: something of an API group (`resource` with its subresource, "pods/log"), or a path outside the resources. */
export type RightsQuestion =
  | { readonly verb: string; readonly group: string; readonly resource: string; readonly name: string }
  | { readonly verb: string; readonly path: string };

/** Whether a rule grants it. Source: k8s.io/kubernetes, pkg/apis/rbac/v1/evaluation_helpers.go. */
export function isGranted(rule: PolicyRule, question: RightsQuestion): boolean {
  if (!includes(rule.verbs, question.verb)) return false;
  if ("path" in question) return rule.nonResourceURLs.some((pattern) => isPathCovered(pattern, question.path));
  return (
    includes(rule.apiGroups, question.group) &&
    rule.resources.some((pattern) => isResourceCovered(pattern, question.resource)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(question.name))
  );
}

/** The rules of a Role or ClusterRole, from its raw JSON; what is no rule grants nothing. */
export const parsePolicyRules = (role: unknown): readonly PolicyRule[] =>
  list(field(role, "rules")).map((rule) => {
    const texts = (key: string): readonly string[] => list(field(rule, key)).filter((value) => typeof value === "string");
    return {
      verbs: texts("verbs"),
      apiGroups: texts("apiGroups"),
      resources: texts("resources"),
      resourceNames: texts("resourceNames"),
      nonResourceURLs: texts("nonResourceURLs"),
    };
  });

/**
 * The first subject of a binding that stands for a user, described as access reviews do (`Group "system:masters"`); undefined when none does.
 * A service account without a namespace is one of the binding's.
 */
export function findSubject(binding: unknown, user: { readonly name: string; readonly groups: readonly string[] }): string | undefined {
  const home = text(field(binding, "metadata", "namespace"));
  for (const subject of list(field(binding, "subjects"))) {
    const kind = text(field(subject, "kind"));
    const name = text(field(subject, "name"));
    const namespace = text(field(subject, "namespace")) || home;
    if (kind === "User" && name === user.name) return `User ${JSON.stringify(name)}`;
    if (kind === "Group" && user.groups.includes(name)) return `Group ${JSON.stringify(name)}`;
    if (kind === "ServiceAccount" && namespace !== "" && user.name === `system:serviceaccount:${namespace}:${name}`)
      return `ServiceAccount ${JSON.stringify(`${name}/${namespace}`)}`;
  }
  return undefined;
}

/** Whether a rule's resource covers one that is asked for or granted: "*", itself, or a star before the same subresource. */
export function isResourceCovered(pattern: string, resource: string): boolean {
  if (pattern === "*" || pattern === resource) return true;
  const slash = resource.indexOf("/");
  return slash !== -1 && pattern === `*${resource.slice(slash)}`;
}

/** Whether a rule's path covers another: "*", itself, or what begins as it does before its last "*". */
export const isPathCovered = (pattern: string, path: string): boolean =>
  pattern === "*" || pattern === path || (pattern.endsWith("*") && path.startsWith(pattern.replace(/\*+$/, "")));

const includes = (allowed: readonly string[], asked: string): boolean => allowed.includes("*") || allowed.includes(asked);
