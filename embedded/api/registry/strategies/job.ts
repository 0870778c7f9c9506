import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { invalid } from "../../status-error.ts";
import { type Strategy } from "./strategy.ts";
import { objectAt } from "../../../objects/object-fields.ts";
import { invalidValue } from "../../causes.ts";

/** Jobs: pods are told apart by the Job's uid, unless it says that it chooses them itself. Source: pkg/registry/batch/job/strategy.go. */
export const job: Strategy = {
  prepareCreate({ type, object }) {
    const spec = objectAt(object["spec"]);
    if (spec["manualSelector"] === true) return withTemplateLabels(object);
    const { name, uid = "" } = object.metadata;
    const template = objectAt(spec["template"]);
    const metadata = objectAt(template["metadata"]);
    const own = { "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": name, "controller-uid": uid, "job-name": name };
    const selector = objectAt(spec["selector"]);
    const matchLabels = { ...objectAt(selector["matchLabels"]), "batch.kubernetes.io/controller-uid": uid };
    if (Object.keys(matchLabels).length > 1 || selector["matchExpressions"] !== undefined) {
      throw invalid(type, name, invalidValue("spec.selector", { ...selector, matchLabels }, "`selector` not auto-generated"));
    }
    const labelled = { ...template, metadata: { ...metadata, labels: { ...objectAt(metadata["labels"]), ...own } } };
    return withTemplateLabels({ ...object, spec: { ...spec, selector: { matchLabels }, template: labelled } });
  },
  prepareUpdate: ({ object }) => withTemplateLabels(object),
};

/** A Job without labels has its pods' ones. */
function withTemplateLabels(object: KubernetesObject): KubernetesObject {
  if (Object.keys(object.metadata.labels ?? {}).length > 0) return object;
  const labels = objectAt(objectAt(objectAt(object["spec"])["template"])["metadata"])["labels"];
  if (labels === undefined || field(labels) === undefined) return object;
  const strings = Object.fromEntries(Object.entries(labels ?? {}).map(([key, value]) => [key, String(value)]));
  return { ...object, metadata: { ...object.metadata, labels: strings } };
}
