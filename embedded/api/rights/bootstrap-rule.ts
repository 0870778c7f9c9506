import type { JsonObject } from "../../../core/contract/json.ts";

/** A rule of a ClusterRole; each part is a list with blanks between, and "core" is the group without a name. */
export function rule(verbs: string, groups: string, resources: string): JsonObject {
  return { apiGroups: groups.split(" ").map((group) => (group === "core" ? "" : group)), resources: resources.split(" "), verbs: verbs.split(" ") };
}

/** A rule about paths outside the resources. */
export const path = (verbs: string, paths: string): JsonObject => ({ nonResourceURLs: paths.split(" "), verbs: verbs.split(" ") });
