import type { PolicyRule } from "../../../core/contract/plugin-definition.ts";

/** Rules of RBAC out of "get,list pods,deployments.apps": verbs, then resources with their group behind a dot, one rule a group; undefined for another form. */
export function parseRule(text: string): readonly PolicyRule[] | undefined {
  const [, verbs, resources] = /^([a-z*]+(?:,[a-z*]+)*) ([a-z*][-a-z0-9./*]*(?:,[a-z*][-a-z0-9./*]*)*)$/.exec(text.trim()) ?? [];
  if (verbs === undefined || resources === undefined) return undefined;
  const named = resources.split(",").map((resource) => {
    const dot = resource.indexOf(".");
    return dot < 0 ? { group: "", name: resource } : { group: resource.slice(dot + 1), name: resource.slice(0, dot) };
  });
  return [...Map.groupBy(named, ({ group }) => group)].map(([group, members]) => ({
    apiGroups: [group],
    resources: members.map(({ name }) => name),
    verbs: verbs.split(","),
  }));
}
