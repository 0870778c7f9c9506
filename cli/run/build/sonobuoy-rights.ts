import { objectNames } from "../../../core/contract/names.ts";
import type { PolicyRule } from "../../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { buildReadRules, type ServedResources } from "./read-rules.ts";
import type { Rights } from "./rights.ts";

/** The account of Sonobuoy's plugin files, with as much as --permissions says (design D1). */
export const sonobuoyRights = ({ permissions, serviceAccount }: RunSpec, served: ServedResources): Rights => ({
  account: serviceAccount ?? objectNames.sonobuoyAccount,
  role: "sonobuoy",
  token: "mounted",
  namespace: [],
  cluster: permissions === "none" ? [] : permissions === "admin" ? adminRules : buildReadRules(served, ["get", "list", "watch"]),
});

const adminRules: readonly PolicyRule[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
];
