import { objectNames } from "../../../core/contract/names.ts";
import type { PolicyRule } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { Rights } from "./rights.ts";

/** What of the API server's discovery the `read` rights are made of. */
export type ServedResources = {
  /** Resources of the core group, subresources included, e.g. pods and pods/log. */
  readonly core: readonly string[];
  /** Names of all other groups. */
  readonly groups: readonly string[];
};

/** The account of Sonobuoy's plugin files, with as much as --permissions says (design D1). */
export const sonobuoyRights = ({ permissions, serviceAccount }: RunSpec, served: ServedResources): Rights => ({
  account: serviceAccount ?? objectNames.sonobuoyAccount,
  role: "sonobuoy",
  token: "mounted",
  namespace: [],
  cluster: permissions === "none" ? [] : permissions === "admin" ? adminRules : readRules(served),
});

const adminRules: readonly PolicyRule[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
];

/** Everything but Secrets can only be said by naming all the rest. */
function readRules({ core, groups }: ServedResources): readonly PolicyRule[] {
  const verbs = ["get", "list", "watch"];
  const others = groups.filter((group) => group !== "" && !group.startsWith("subresources.")).toSorted();
  return [
    { apiGroups: [""], resources: core.filter(isHarmless).toSorted(), verbs },
    ...(others.length === 0 ? [] : [{ apiGroups: others, resources: ["*"], verbs }]),
  ];
}

/** A GET on exec, attach, portforward or proxy does more than read. KubeVirt keeps the likes of them in a group of their own. */
const isHarmless = (resource: string): boolean =>
  resource !== "secrets" && (!resource.includes("/") || resource === "pods/log" || resource.endsWith("/status"));
