import { StatusError } from "../../../api/status-error.ts";
import { keyOf } from "../../../objects/object-key.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import type { Pod } from "./pod.ts";

/** The last step of a deletion: the object goes, when nothing of it runs any more. True when it has gone; finalizers may still hold it. */
export function finishDeletion({ api, power }: KubeletContext, pod: Pod): boolean {
  const { deletionTimestamp, uid } = pod.metadata;
  if (deletionTimestamp === undefined || power() !== "on") return false;
  try {
    return api.delete(keyOf(api, pod), { gracePeriodSeconds: 0, preconditions: { uid } }).gone;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.code === 404 || error.code === 409;
  }
}
