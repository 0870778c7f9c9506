import pLimit from "p-limit";
import { resourcePath } from "../../../core/cluster/resource-path.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../../core/contract/known-error.ts";
import { labels } from "../../../core/contract/names.ts";
import { refOf } from "../../run/roll-back.ts";
import type { Check, CheckInput, Problem } from "../check.ts";
import { listRunObjects } from "../../run/manifest/render-manifest.ts";
import { tryCreate } from "../try-create.ts";

const trialsAtOnce = 8;

/** Whether the namespace can be made, or, where it is there, takes the run's objects beside what is in it; a run in it was found before. */
export const namespace: Check = {
  code: "namespace",
  sonobuoyName: "existingnamespace",
  run: async (input) => {
    const { objects, plan } = input;
    const name = plan.spec.namespace;
    const limit = pLimit(trialsAtOnce);
    const tried = input.namespace === undefined ? [objects.namespace] : chooseObjects(listRunObjects(objects));
    const trials = await Promise.all(tried.map((object) => limit(() => tryObject(object, input))));
    const problems = trials.flatMap((trial) => (trial === "no-right" ? [] : trial));
    // Which of them the check of rights tells.
    if (problems.length === 0 && trials.includes("no-right"))
      throw new KnownError(
        "cluster-refused",
        `You may not create ${input.namespace === undefined ? `the namespace ${name}` : "all of the run's objects"}, so it can't be tried.`,
      );
    return {
      seen: input.namespace === undefined ? `The namespace ${name} is not there yet, and can be made.` : `The namespace ${name} takes the run's objects.`,
      problems,
    };
  },
};

/**
 * Quotas and webhooks treat objects of a kind alike, so one of each is tried, and all whose names others may have chosen too. Not those
 * that give rights: they are another check.
 */
function chooseObjects(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const plain = objects.filter(({ metadata, apiVersion = "" }) => metadata.namespace !== undefined && !apiVersion.startsWith("rbac."));
  const first = new Map(plain.toReversed().map((object) => [object.kind, object]));
  return plain.filter((object) => first.get(object.kind) === object || !object.metadata.name.startsWith("asdic-"));
}

async function tryObject(object: KubernetesObject, { cluster, signal }: CheckInput): Promise<readonly Problem[] | "no-right"> {
  const { kind = "", metadata } = object;
  const trial = await tryCreate(cluster, object, signal);
  if (trial === "no-right") return trial;
  if (trial === "taken") return [];
  if (trial === "there") return findForeign(object, { cluster, signal });
  return [
    {
      severity: "error",
      sentence: `The cluster refuses the ${kind} ${metadata.name}: ${trial.refusal}`,
      fix: `Use another --namespace, or change what refuses it${metadata.namespace === undefined ? "" : `; \`kubectl get resourcequota -n ${metadata.namespace}\` shows its quotas`}.`,
    },
  ];
}

/** What an earlier run left makes way for the new one. */
async function findForeign(object: KubernetesObject, { cluster, signal }: Pick<CheckInput, "cluster" | "signal">): Promise<readonly Problem[]> {
  const { name, namespace: place } = object.metadata;
  // Somebody else has just made the namespace.
  if (place === undefined) return [];
  const there = await cluster.find(refOf(object), signal);
  if (there === undefined || there.metadata.labels?.[labels.run] !== undefined) return [];
  const { plural } = resourcePath(refOf(object));
  return [
    {
      severity: "error",
      sentence: `The namespace ${place} has a ${object.kind ?? ""} ${name} already, which no run of asdic made.`,
      fix: `Use another --namespace, or, if nobody needs it, \`kubectl delete ${plural} ${name} -n ${place}\`.`,
    },
  ];
}
