import pLimit from "p-limit";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { readJson } from "../../read-json.ts";
import type { Check, CheckInput, Finding, Problem } from "../check.ts";
import { buildTriedAggregator, buildTriedPod } from "../plugin-pods.ts";
import { tryCreate } from "../try-create.ts";

const trialsAtOnce = 8;

/** Whether quotas, limit ranges, Pod Security and webhooks admit the run's pods; only where the namespace is there can they be asked. */
export const admission: Check = {
  code: "admission",
  run: async (input) => {
    const { plan, objects, namespace } = input;
    if (namespace === undefined) return checkPriorityClass(input);
    const limit = pLimit(trialsAtOnce);
    // Who may not create pods need not ask for each.
    const own = { plugin: undefined, words: await tryPod(buildTriedAggregator(objects.aggregator, plan.spec), input) };
    const tried = plan.definitions.map((definition) =>
      limit(async () => ({ plugin: definition.name, words: await tryPod(buildTriedPod(definition, plan.spec), input) })),
    );
    const refusals = [own, ...(await Promise.all(tried))].filter(isRefused);
    return { seen: `The namespace ${namespace.metadata.name} admits the pods of this run.`, problems: describeRefusals(refusals, plan.spec.namespace) };
  },
};

/** In the API server's words; of the aggregator's pod where no plugin is named. */
type Refusal = { readonly plugin: string | undefined; readonly words: string };

const isRefused = (trial: { readonly plugin: string | undefined; readonly words: string | undefined }): trial is Refusal => trial.words !== undefined;

async function tryPod(pod: KubernetesObject, { cluster, plan, signal }: CheckInput): Promise<string | undefined> {
  const trial = await tryCreate(cluster, pod, signal);
  if (trial === "no-right") throw new KnownError("cluster-refused", `You may not create pods in namespace "${plan.spec.namespace}", so none can be tried.`);
  return typeof trial === "string" ? undefined : trial.refusal;
}

/** One problem for all plugins that are refused for the same reason. */
function describeRefusals(refusals: readonly Refusal[], namespace: string): readonly Problem[] {
  const groups = Map.groupBy(refusals, ({ plugin, words }) => JSON.stringify([plugin === undefined, words]));
  const fix = `See what it admits with \`kubectl get quota,limits -n ${namespace}\` and \`kubectl get ns ${namespace} --show-labels\`; a --namespace that this run makes itself gets the Pod Security level that it needs.`;
  return [...groups.values()].map((same): Problem => {
    const plugins = same.flatMap(({ plugin }) => plugin ?? []);
    const whose = plugins.length === 0 ? "the aggregator's pod" : `pods of ${plugins.join(", ")}`;
    return { severity: plugins.length === 0 ? "error" : "warning", sentence: `The cluster refuses ${whose}: ${same[0]?.words ?? ""}`, fix };
  });
}

/** Of what stands in front of pods, only this doesn't wait for the namespace. */
async function checkPriorityClass({ cluster, plan, signal }: CheckInput): Promise<Finding> {
  const { priorityClass, namespace } = plan.spec;
  const seen = `Quotas and webhooks can be asked only where the namespace ${namespace} is there; this run makes it, with the Pod Security level that it needs.`;
  if (priorityClass === undefined) return { seen, isUnasked: true, problems: [] };
  try {
    await readJson(cluster, { path: `/apis/scheduling.k8s.io/v1/priorityclasses/${priorityClass}`, what: `PriorityClass ${priorityClass}`, signal });
    return { seen, isUnasked: true, problems: [] };
  } catch (error) {
    if (!(error instanceof KnownError) || error.code !== "not-found") throw error;
    const sentence = `There is no PriorityClass ${priorityClass}, so no pod of this run would be made.`;
    return { seen, problems: [{ severity: "error", sentence, fix: "`kubectl get priorityclasses` lists those that there are; --priority-class names one." }] };
  }
}
