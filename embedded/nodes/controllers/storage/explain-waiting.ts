import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { keyOf, typeOf } from "../../object-key.ts";
import { isTerminated, nodeNameOf } from "../../pod-state.ts";
import { recordEvent } from "../../record-event.ts";
import type { Cluster } from "../controller.ts";

export type WaitingClaim = {
  readonly claim: KubernetesObject;
  readonly className: string;
  readonly storageClass: KubernetesObject | undefined;
  /** The pods that want it. */
  readonly users: readonly KubernetesObject[];
};

type Reason = { readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string };

/** Says in an event why a claim has no volume yet, once for each reason. Source: kube-controller-manager, pkg/controller/volume/persistentvolume. */
export function explainWaiting({ api, clock }: Cluster, waiting: WaitingClaim): void {
  const { claim } = waiting;
  const provisioner = text(field(waiting.storageClass, "provisioner"));
  const event = findReason(waiting, provisioner);
  if (event.reason === "ExternalProvisioning") {
    const names = ["volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner"];
    const annotations = Object.fromEntries(names.map((name) => [name, provisioner]));
    api.modify(keyOf(api, claim), (old) => ({ ...old, metadata: { ...old.metadata, annotations: { ...old.metadata.annotations, ...annotations } } }));
  }
  const told = api.list(typeOf(api, "v1", "Event"), { namespace: claim.metadata.namespace ?? "" }).some((one) => {
    const isAbout = field(one, "involvedObject", "uid") === claim.metadata.uid;
    return isAbout && one["reason"] === event.reason && one["message"] === event.message;
  });
  if (!told) recordEvent(api, clock, { about: claim, ...event, component: "persistentvolume-controller" });
}

function findReason({ claim, className, storageClass, users }: WaitingClaim, provisioner: string): Reason {
  if (className === "") {
    return { type: "Normal", reason: "FailedBinding", message: "no persistent volumes available for this claim and no storage class is set" };
  }
  if (storageClass === undefined)
    return { type: "Warning", reason: "ProvisioningFailed", message: `storageclass.storage.k8s.io ${JSON.stringify(className)} not found` };
  const isChosen = claim.metadata.annotations?.["volume.kubernetes.io/selected-node"] !== undefined;
  if (field(storageClass, "volumeBindingMode") === "WaitForFirstConsumer" && !isChosen) {
    const names = users.filter((pod) => nodeNameOf(pod) === "" && !isTerminated(pod)).map(({ metadata }) => metadata.name);
    if (names.length === 0) return { type: "Normal", reason: "WaitForFirstConsumer", message: "waiting for first consumer to be created before binding" };
    const pods = names.length === 1 ? `pod ${names[0]}` : `pods ${names.join(",")}`;
    return { type: "Normal", reason: "WaitForPodScheduled", message: `waiting for ${pods} to be scheduled` };
  }
  if (provisioner === "kubernetes.io/no-provisioner") {
    return { type: "Warning", reason: "ProvisioningFailed", message: `storageclass ${JSON.stringify(className)} has no provisioner` };
  }
  const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  return { type: "Normal", reason: "ExternalProvisioning", message };
}
