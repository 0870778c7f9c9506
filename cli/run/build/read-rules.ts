import type { PolicyRule } from "../../../core/contract/plugin-definition.ts";

/** What of the API server's discovery rights to read are made of. */
export type ServedResources = {
  /** Resources of the core group, subresources included, e.g. pods and pods/log. */
  readonly core: readonly string[];
  /** Names of all other groups. */
  readonly groups: readonly string[];
};

/** Everything but Secrets, which can only be said by naming all the rest. */
export function buildReadRules({ core, groups }: ServedResources, verbs: readonly string[]): readonly PolicyRule[] {
  const others = groups.filter((group) => group !== "" && !group.startsWith("subresources.")).toSorted();
  return [
    { apiGroups: [""], resources: core.filter(isHarmless).toSorted(), verbs },
    ...(others.length === 0 ? [] : [{ apiGroups: others, resources: ["*"], verbs }]),
  ];
}

/** A GET on exec, attach, portforward or proxy does more than read. KubeVirt keeps the likes of them in a group of their own. */
const isHarmless = (resource: string): boolean =>
  resource !== "secrets" && (!resource.includes("/") || resource === "pods/log" || resource.endsWith("/status"));
