import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { labels } from "../../core/contract/names.ts";

/** The namespace of this ConfigMap asdic-run is taken; the hint has the commands that help. */
export function runExists({ metadata }: KubernetesObject): KnownError {
  const { namespace = "" } = metadata;
  const id = metadata.labels?.[labels.run];
  return new KnownError("run-exists", `The namespace ${namespace} holds a run already${id === undefined ? "" : ` (${id})`}.`, {
    hint: `See it with \`asdic status -n ${namespace}\`, remove it with \`asdic delete -n ${namespace} --wait\`, or run beside it with another --namespace.`,
  });
}

/** The namespace is being deleted, so nothing can be made in it. */
export const terminating = (namespace: string): KnownError =>
  new KnownError("run-exists", `The namespace ${namespace} is still being deleted.`, {
    hint: `Wait for that with \`asdic delete -n ${namespace} --wait\`, or choose another --namespace.`,
  });
