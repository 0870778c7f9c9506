import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { areMet, InvalidSelector, type LabelRequirement, parseLabelSelector } from "../../../core/kubernetes/label-selector.ts";
import type { ResourceType } from "../resource-type.ts";
import { badRequest } from "../status-error.ts";
import type { Selection } from "./api.ts";
import { meetsFields, parseFieldSelector } from "./field-selector.ts";

/** Whether an object is among those that a list or watch of `type` asks for. Throws StatusError 400 for selectors that can't be read. */
export function createSelect(type: ResourceType, { namespace = "", labelSelector = "", fieldSelector = "" }: Selection): (object: KubernetesObject) => boolean {
  const labels = parseLabels(labelSelector);
  const fields = parseFieldSelector(type, fieldSelector);
  return (object) => (namespace === "" || object.metadata.namespace === namespace) && areMet(labels, object.metadata.labels) && meetsFields(fields, object);
}

function parseLabels(selector: string): readonly LabelRequirement[] {
  try {
    return parseLabelSelector(selector);
  } catch (error) {
    throw error instanceof InvalidSelector ? badRequest(error.message) : error;
  }
}
