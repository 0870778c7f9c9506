import pLimit from "p-limit";
import { collectionPath } from "../../../core/cluster/resource-path.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { mayDo, type Right } from "../../may-do.ts";
import type { Check, CheckInput } from "../check.ts";
import { listRunObjects } from "../../run/manifest/render-manifest.ts";
import { tryCreate } from "../try-create.ts";

const questionsAtOnce = 8;

/** Whether the person may create what the run is made of, and give its accounts their rights: all that is missing, together. */
export const rights: Check = {
  code: "rights",
  run: async (input) => {
    const { cluster, signal } = input;
    if (await mayDo(cluster, { verb: "*", group: "*", resource: "*" }, signal)) return { seen: "You may do everything.", problems: [] };
    const limit = pLimit(questionsAtOnce);
    const wanted = listRights(input);
    const isHeld = await Promise.all(wanted.map((right) => limit(() => mayDo(cluster, right, signal))));
    const missing = [...wanted.filter((_, index) => isHeld[index] === false), ...(await findGrants(input))];
    const [first] = missing;
    if (first === undefined) return { seen: `You have all ${wanted.length} rights that it takes to create this run.`, problems: [] };
    const sentence = `You may not ${renderRights(missing)}.`;
    const granting = missing.some(({ verb }) => verb === "escalate" || verb === "bind") ? " (Who gives rights must have them, or may escalate and bind.)" : "";
    const fix = `Ask for that; \`${renderQuestion(first)}\` says whether you may.${granting} Or let somebody who may apply what \`asdic gen -n ${input.plan.spec.namespace}\` prints.`;
    return { seen: "", problems: [{ severity: "error", sentence, fix }] };
  },
};

/** To create each kind of object where it is to be. */
function listRights({ objects, namespace }: CheckInput): readonly Right[] {
  const wanted = listRunObjects(objects, namespace === undefined).map((object): Right => ({ verb: "create", ...resourceOf(object) }));
  return [...new Map(wanted.map((right) => [JSON.stringify(right), right])).values()];
}

function resourceOf(object: KubernetesObject): Omit<Right, "verb"> {
  const { group, plural, place } = collectionPath(object);
  return { group, resource: plural, ...(typeof place === "object" && { namespace: place.namespace }) };
}

/** Who gives rights must have them or hold `escalate` and `bind`: which of these two are missing, where one lacks rights too. */
async function findGrants(input: CheckInput): Promise<readonly Right[]> {
  const roles = listRunObjects(input.objects).filter(({ kind }) => kind === "Role" || kind === "ClusterRole");
  const kinds = [...Map.groupBy(roles, ({ kind }) => kind).values()];
  return (await Promise.all(kinds.map((ofKind) => findMissingGrants(ofKind, input)))).flat();
}

async function findMissingGrants(roles: readonly KubernetesObject[], input: CheckInput): Promise<readonly Right[]> {
  const { cluster, signal } = input;
  const [role] = roles;
  if (role === undefined) return [];
  const grants = ["escalate", "bind"].map((verb): Right => ({ verb, ...resourceOf(role) }));
  const answers = await Promise.all(grants.map((right) => mayDo(cluster, right, signal)));
  const missing = grants.filter((_, index) => answers[index] === false);
  if (missing.length === 0) return [];
  // Where `escalate` is held, a role proves nothing about who makes it.
  if (answers[0] === true) return missing;
  const trials = await Promise.all(roles.map((each) => tryCreate(cluster, asTriable(each, input), signal)));
  return trials.every((trial) => trial === "taken" || trial === "there") ? [] : missing;
}

/** In a namespace that is not there yet nothing can be tried; who holds a right everywhere holds it there. */
function asTriable(role: KubernetesObject, { namespace }: CheckInput): KubernetesObject {
  if (namespace !== undefined || role.metadata.namespace === undefined) return role;
  const { namespace: _, ...metadata } = role.metadata;
  return { ...role, kind: "ClusterRole", metadata };
}

/** E.g. `create, escalate and bind clusterroles; create pods, secrets in namespace "asdic"`. */
function renderRights(missing: readonly Right[]): string {
  const ofResources = [...Map.groupBy(missing, ({ resource, namespace }) => JSON.stringify([resource, namespace])).values()];
  const alike = Map.groupBy(ofResources, (ofOne) => JSON.stringify([ofOne.map(({ verb }) => verb), ofOne[0]?.namespace]));
  return [...alike.values()]
    .map((same) => {
      const verbs = (same[0] ?? [])
        .map(({ verb }) => verb)
        .join(", ")
        .replace(/, ([^,]*)$/, " and $1");
      const namespace = same[0]?.[0]?.namespace;
      return `${verbs} ${same.flatMap(([right]) => right?.resource ?? []).join(", ")}${namespace === undefined ? "" : ` in namespace "${namespace}"`}`;
    })
    .join("; ");
}

const renderQuestion = ({ verb, group, resource, namespace }: Right): string =>
  `kubectl auth can-i ${verb} ${resource}${group === undefined || group === "" ? "" : `.${group}`}${namespace === undefined ? "" : ` -n ${namespace}`}`;
