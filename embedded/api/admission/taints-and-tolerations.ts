import type { JsonObject } from "../../../core/contract/json.ts";
import { text } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import { isWriteOf, withSpec } from "./request.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";

/** Lets pods stay five minutes on a node that is not ready or not reachable, unless they say otherwise. */
export const defaultTolerationSeconds: Admission = (request) => {
  if (!isWriteOf(request, ["", "pods"], ["CREATE", "UPDATE"])) return request.object;
  const tolerations = objectsAt(objectAt(request.object["spec"])["tolerations"]);
  const missing = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].filter((key) => !tolerations.some((each) => isAbout(each, key)));
  if (missing.length === 0) return request.object;
  const added = missing.map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  return withSpec(request.object, { tolerations: [...tolerations, ...added] });
};

/** A new node takes no pods before its first heartbeat. */
export const taintNodesByCondition: Admission = (request) => {
  if (!isWriteOf(request, ["", "nodes"])) return request.object;
  const taints = objectsAt(objectAt(request.object["spec"])["taints"]);
  const notReady = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };
  if (taints.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) return request.object;
  return withSpec(request.object, { taints: [...taints, notReady] });
};

function isAbout(toleration: JsonObject, taint: string): boolean {
  const key = text(toleration["key"]);
  const effect = text(toleration["effect"]);
  return (key === "" || key === taint) && (effect === "" || effect === "NoExecute");
}
