import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { typeOf } from "../objects/object-key.ts";
import { nodeNameOf } from "../objects/pod-state.ts";
import type { FaultTargets } from "./create-faults.ts";

type PodName = { readonly namespace: string; readonly name: string };

/** What happens to single pods. */
export type PodFaults = {
  /** Sends a signal to a container's first process, as a person on the node would, or "OOM" as a kernel that has no more memory for it. */
  kill(pod: PodName & { readonly container: string; readonly signal?: "SIGKILL" | "SIGTERM" | "OOM" }): void;
  /** Evicts it through the API, whatever budgets say. */
  evict(pod: PodName): void;
  /** Deletes it, with its grace or the one given in seconds. */
  delete(pod: PodName & { readonly gracePeriodSeconds?: number }): void;
};

export function createPodFaults({ api, kubelets }: FaultTargets): PodFaults {
  const keyOf = ({ namespace, name }: PodName) => ({ type: typeOf(api, "v1", "Pod"), namespace, name });
  const get = (pod: PodName): KubernetesObject => api.get(keyOf(pod));
  return {
    kill({ container, signal = "SIGKILL", ...name }) {
      const pod = get(name);
      kubelets.get(nodeNameOf(pod))?.faults.killContainer(pod.metadata.uid ?? "", container, signal);
    },
    evict: (pod) => void api.delete(keyOf(pod)),
    delete: ({ gracePeriodSeconds, ...pod }) => void api.delete(keyOf(pod), gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
  };
}
