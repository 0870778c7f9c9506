import type { ObjectMeta } from "../../../core/contract/kubernetes-object.ts";
import { labels } from "../../../core/contract/names.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";

/** Labels of everything that a run makes: ours, by which `delete` finds it, and Sonobuoy's. */
export const buildRunLabels = ({ runId }: Pick<RunSpec, "runId">): Record<string, string> => ({
  [labels.run]: runId,
  [labels.sonobuoyComponent]: "sonobuoy",
  [labels.sonobuoyRun]: runId,
});

/** Metadata of a namespaced object of the run. */
export const buildMetadata = (spec: RunSpec, name: string): ObjectMeta => ({ name, namespace: spec.namespace, labels: buildRunLabels(spec) });

/** Metadata of a cluster-scoped object of the run; apply.ts adds the Namespace as its owner, whose uid is known only then. What kubectl applies has no owner but the label. */
export const buildClusterMetadata = (spec: RunSpec, name: string): ObjectMeta => ({
  name,
  labels: { ...buildRunLabels(spec), [labels.namespace]: spec.namespace },
});
