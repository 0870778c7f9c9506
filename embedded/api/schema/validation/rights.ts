import { isDeepStrictEqual } from "node:util";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findPathSegmentProblems, findSubdomainProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { invalidValue, invalidValues, none, notSupported, required, when } from "../../causes.ts";
import { validateLabelSelector } from "./labels.ts";

const group = "rbac.authorization.k8s.io";

/** Source: k8s.io/kubernetes, pkg/apis/rbac/validation/validation.go. */
export const rightsChecks: Readonly<Record<string, Check>> = {
  [`${group}/Role`]: { create: (object) => validateRules(object, true) },
  [`${group}/ClusterRole`]: {
    create: (object) => [
      ...validateRules(object, false),
      ...list(field(object, "aggregationRule", "clusterRoleSelectors")).flatMap((selector, index) =>
        validateLabelSelector(`aggregationRule.clusterRoleSelectors[${index}]`, selector),
      ),
    ],
  },
  [`${group}/RoleBinding`]: { create: (object) => validateBinding(object, true), update: validateRoleRef },
  [`${group}/ClusterRoleBinding`]: { create: (object) => validateBinding(object, false), update: validateRoleRef },
};

function validateRules(object: unknown, isNamespaced: boolean): Causes {
  return list(field(object, "rules")).flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const [paths, groups, resources] = [list(field(rule, "nonResourceURLs")), list(field(rule, "apiGroups")), list(field(rule, "resources"))];
    const verbs = when(list(field(rule, "verbs")).length === 0, () => required(`${path}.verbs`, "verbs must contain at least one value"));
    if (paths.length > 0) {
      const isMixed = groups.length > 0 || resources.length > 0 || list(field(rule, "resourceNames")).length > 0;
      return [
        ...verbs,
        ...when(isNamespaced, () => invalidValue(`${path}.nonResourceURLs`, paths, "namespaced rules cannot apply to non-resource URLs")),
        ...when(isMixed, () => invalidValue(`${path}.nonResourceURLs`, paths, "rules cannot apply to both regular resources and non-resource URLs")),
      ];
    }
    return [
      ...verbs,
      ...when(groups.length === 0, () => required(`${path}.apiGroups`, "resource rules must supply at least one api group")),
      ...when(resources.length === 0, () => required(`${path}.resources`, "resource rules must supply at least one resource")),
    ];
  });
}

function validateBinding(object: unknown, isNamespaced: boolean): Causes {
  const reference = field(object, "roleRef");
  const [refGroup, kind, name] = ["apiGroup", "kind", "name"].map((part) => text(field(reference, part)));
  const kinds = isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  return [
    ...when(refGroup !== group, () => notSupported("roleRef.apiGroup", refGroup, [group])),
    ...when(!kinds.includes(kind ?? ""), () => notSupported("roleRef.kind", kind, kinds)),
    ...(name === "" || name === undefined ? required("roleRef.name") : invalidValues("roleRef.name", name, findPathSegmentProblems(name))),
    ...list(field(object, "subjects")).flatMap((subject, index) => validateSubject(`subjects[${index}]`, subject, isNamespaced)),
  ];
}

function validateSubject(path: string, subject: unknown, isNamespaced: boolean): Causes {
  const [name, kind, apiGroup] = [text(field(subject, "name")), text(field(subject, "kind")), text(field(subject, "apiGroup"))];
  const named = when(name === "", () => required(`${path}.name`));
  switch (kind) {
    case "ServiceAccount":
      return [
        ...named,
        ...when(name !== "", () => invalidValues(`${path}.name`, name, findSubdomainProblems(name))),
        ...when(apiGroup !== "", () => notSupported(`${path}.apiGroup`, apiGroup, [""])),
        ...when(!isNamespaced && text(field(subject, "namespace")) === "", () => required(`${path}.namespace`)),
      ];
    case "User":
    case "Group":
      return [...named, ...when(apiGroup !== group, () => notSupported(`${path}.apiGroup`, apiGroup, [group]))];
    default:
      return [...named, ...notSupported(`${path}.kind`, kind, ["ServiceAccount", "User", "Group"])];
  }
}

/** The API server quotes its own form of the reference. */
function validateRoleRef(object: unknown, old: unknown): Causes {
  const now = field(object, "roleRef");
  if (isDeepStrictEqual(now, field(old, "roleRef"))) return none;
  return invalidValue(
    "roleRef",
    { APIGroup: text(field(now, "apiGroup")), Kind: text(field(now, "kind")), Name: text(field(now, "name")) },
    "cannot change roleRef",
  );
}
