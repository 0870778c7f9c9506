import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { Api } from "../api/registry/api.ts";
import { StatusError } from "../api/status-error.ts";
import type { Kubelet } from "../nodes/kubelet/start-kubelet.ts";
import { typeOf } from "../objects/object-key.ts";
import { controllerOf, nodeNameOf } from "../objects/pod-state.ts";
import type { FaultTargets } from "./create-faults.ts";

/** What happens to whole nodes, by name. */
export type NodeFaults = {
  /** A power cut: its processes are gone at once, and nobody hears of it. */
  lose(name: string): Promise<void>;
  /** Power is back: it starts as after a reboot, with its disk as it was. */
  start(name: string): Promise<void>;
  /** All of its processes stop where they are. */
  freeze(name: string): void;
  thaw(name: string): void;
  /** Its network cable is pulled. */
  cut(name: string): void;
  mend(name: string): void;
  cordon(name: string): void;
  uncordon(name: string): void;
  /** Cordons it and evicts its pods as `kubectl drain --ignore-daemonsets` does; gives the pods that a budget protects. */
  drain(name: string): readonly string[];
  /** Takes the Node out of the API and its machine off. */
  delete(name: string): Promise<void>;
  fillDisk(name: string, isFull: boolean): void;
};

export function createNodeFaults({ api, network, kubelets }: FaultTargets): NodeFaults {
  const kubelet = (name: string): Kubelet => {
    const found = kubelets.get(name);
    if (found === undefined) throw new Error(`there is no node ${name}; there are ${[...kubelets.keys()].join(", ")}`);
    return found;
  };
  return {
    lose: (name) => kubelet(name).faults.lose(),
    start: (name) => kubelet(name).faults.start(),
    freeze: (name) => kubelet(name).faults.freeze(),
    thaw: (name) => kubelet(name).faults.thaw(),
    cut(name) {
      kubelet(name).faults.cut();
      network.faults.cutNode(name);
    },
    mend(name) {
      network.faults.mendNode(name);
      kubelet(name).faults.mend();
    },
    cordon: (name) => setUnschedulable(api, name, true),
    uncordon: (name) => setUnschedulable(api, name, false),
    drain(name) {
      setUnschedulable(api, name, true);
      return podsOn(api, name).flatMap((pod) => (evict(api, pod) ? [] : [`${pod.metadata.namespace}/${pod.metadata.name}`]));
    },
    async delete(name) {
      await kubelet(name).faults.lose();
      api.delete({ type: typeOf(api, "v1", "Node"), namespace: "", name });
    },
    fillDisk: (name, isFull) => kubelet(name).faults.fillDisk(isFull),
  };
}

function setUnschedulable(api: Api, name: string, unschedulable: boolean): void {
  api.modify({ type: typeOf(api, "v1", "Node"), namespace: "", name }, (node) => {
    const { unschedulable: _unschedulable, ...spec } = isJsonObject(node["spec"]) ? node["spec"] : {};
    return { ...node, spec: unschedulable ? { ...spec, unschedulable } : spec };
  });
}

/** Those that a drain moves: not a DaemonSet's, nor static pods. */
const podsOn = (api: Api, node: string): readonly KubernetesObject[] =>
  api
    .list(typeOf(api, "v1", "Pod"))
    .filter(
      (pod) => nodeNameOf(pod) === node && controllerOf(pod)?.kind !== "DaemonSet" && pod.metadata.annotations?.["kubernetes.io/config.mirror"] === undefined,
    );

function evict(api: Api, { metadata: { name, namespace = "" } }: KubernetesObject): boolean {
  try {
    api.create(typeOf(api, "v1", "Pod"), { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } }, { subresource: "eviction" });
    return true;
  } catch (error) {
    if (error instanceof StatusError && error.code === 429) return false;
    throw error;
  }
}
