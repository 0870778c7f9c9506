import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject, OwnerReference } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { StatusError } from "../../api/status-error.ts";
import { keyOf, typeOf } from "../../objects/object-key.ts";
import { objectAt, objectsAt, stringsAt } from "../../objects/object-fields.ts";
import { controllerOf } from "../../objects/pod-state.ts";
import { recordEvent } from "../record-event.ts";
import type { Cluster } from "./controller.ts";

/** The pods that an object controls. */
export const podsOf = ({ api }: Cluster, owner: KubernetesObject): readonly KubernetesObject[] =>
  api.list(typeOf(api, "v1", "Pod"), { namespace: owner.metadata.namespace ?? "" }).filter((pod) => controllerOf(pod)?.uid === owner.metadata.uid);

/** An owner as its dependents refer to it. */
export const controllerReference = ({ apiVersion = "v1", kind = "", metadata }: KubernetesObject): OwnerReference & JsonObject => ({
  apiVersion,
  kind,
  name: metadata.name,
  uid: metadata.uid ?? "",
  controller: true,
  blockOwnerDeletion: true,
});

export type PodToCreate = {
  readonly owner: KubernetesObject;
  /** The controller, as events name it. */
  readonly component: string;
  readonly finalizers?: readonly string[];
  /** Changes the pod that the template makes: a fixed name, a node. */
  readonly adapt?: (pod: KubernetesObject) => KubernetesObject;
};

/** Makes a pod from its owner's template and says so in an event; throws the refusal after telling it in one, too. */
export function createPod({ api, clock }: Cluster, { owner, component, finalizers, adapt }: PodToCreate): KubernetesObject {
  const template = objectAt(field(owner, "spec", "template"));
  const annotations = field(template, "metadata", "annotations");
  const pod: KubernetesObject & { metadata: JsonObject } = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      // Empty: the API server makes a name from generateName.
      name: "",
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace ?? "",
      labels: stringsAt(field(template, "metadata", "labels")),
      ...(annotations === undefined ? {} : { annotations: stringsAt(annotations) }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec: objectAt(template["spec"]),
  };
  try {
    const created = api.create(typeOf(api, "v1", "Pod"), adapt === undefined ? pod : adapt(pod));
    recordEvent(api, clock, { about: owner, type: "Normal", reason: "SuccessfulCreate", message: `Created pod: ${created.metadata.name}`, component });
    return created;
  } catch (error) {
    if (error instanceof StatusError && !isNamespaceEnding(error)) {
      recordEvent(api, clock, { about: owner, type: "Warning", reason: "FailedCreate", message: `Error creating: ${error.message}`, component });
    }
    throw error;
  }
}

/** Deletes one of an owner's pods and says so. */
export function deletePod({ api, clock }: Cluster, { pod, owner, component }: PodToDelete): void {
  api.delete(keyOf(api, pod), { propagationPolicy: "Background" });
  recordEvent(api, clock, { about: owner, type: "Normal", reason: "SuccessfulDelete", message: `Deleted pod: ${pod.metadata.name}`, component });
}

export type PodToDelete = { readonly pod: KubernetesObject; readonly owner: KubernetesObject; readonly component: string };

/** In a namespace that is being deleted nothing is made any more, and nobody needs to hear of it. */
export const isNamespaceEnding = (error: unknown): boolean =>
  error instanceof StatusError && objectsAt(field(error.details, "causes")).some(({ reason }) => reason === "NamespaceTerminating");
