import { text } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import { isWriteOf, readObject, readObjects, refuse, withSpec } from "./request.ts";
import { objectAt } from "../../objects/object-fields.ts";

/** Gives each pod the number of its priority class, or of the class that is everybody's. */
export const priority: Admission = (request) => {
  if (!isWriteOf(request, ["", "pods"])) return request.object;
  const spec = objectAt(request.object["spec"]);
  const asked = text(spec["priorityClassName"]);
  const found = asked === "" ? readObjects(request, classes).find((each) => each["globalDefault"] === true) : readObject(request, classes, asked);
  if (asked !== "" && !found) throw refuse(request, `no PriorityClass with name ${asked} was found`);
  const value = typeof found?.["value"] === "number" ? found["value"] : 0;
  const policy = text(found?.["preemptionPolicy"]) || "PreemptLowerPriority";
  const computed = (kind: string, given: string | number, own: string | number): string =>
    `the ${kind} (${given}) must not be provided in pod spec; priority admission controller computed ${own} from the given PriorityClass name`;
  if (typeof spec["priority"] === "number" && spec["priority"] !== value) throw refuse(request, computed("integer value of priority", spec["priority"], value));
  if (typeof spec["preemptionPolicy"] === "string" && spec["preemptionPolicy"] !== policy)
    throw refuse(request, computed("string value of PreemptionPolicy", spec["preemptionPolicy"], policy));
  return withSpec(request.object, { priority: value, preemptionPolicy: policy, priorityClassName: found?.metadata.name });
};

const classes = ["scheduling.k8s.io", "priorityclasses"] as const;
