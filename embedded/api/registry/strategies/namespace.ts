import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { list } from "../../../../core/kubernetes/field.ts";
import { type Strategy } from "./strategy.ts";
import { objectAt } from "../../../objects/object-fields.ts";

/** Namespaces: held by finalizer `kubernetes` until their content is gone, and labelled with their name. Source: pkg/registry/core/namespace/strategy.go. */
export const namespace: Strategy = {
  prepareCreate({ object }) {
    const spec = objectAt(object["spec"]);
    const given = list(spec["finalizers"]).filter((finalizer) => typeof finalizer === "string");
    return withName({ ...object, spec: { ...spec, finalizers: given.includes("kubernetes") ? given : [...given, "kubernetes"] } });
  },
  prepareUpdate: ({ object, old }) => withName({ ...object, spec: { ...objectAt(object["spec"]), finalizers: objectAt(old["spec"])["finalizers"] } }),
};

const withName = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata.labels, "kubernetes.io/metadata.name": object.metadata.name } },
});
