import type { EventView } from "../../core/kubernetes/event-view.ts";
import type { Refusal, Sight } from "./cause.ts";

/** Who kept a pod or Job from being made: which admission, or which missing right. `answers` is false where a webhook could not be asked at all. */
export type Refuser = "quota" | "pod-security" | "webhook" | "webhook-down" | "rbac" | "namespace" | "other";

/**
 * Who refused, from the API server's words: quota, Pod Security and missing rights are all a Forbidden without any other mark. Sources:
 * k8s.io/apiserver (admission/plugin/webhook, policy/validating), plugin/pkg/admission/resourcequota, k8s.io/pod-security-admission.
 */
export const parseRefuser = ({ message }: Refusal): Refuser => patterns.find(({ pattern }) => pattern.test(message))?.refuser ?? "other";

/** The refusal in a sight: the API server's own answer, or what the Job controller tells of the one it got. */
export function findRefusal({ refusal, events, pod }: Sight): Refusal | undefined {
  if (refusal || pod) return refusal;
  const told = events.findLast(isFailedCreate);
  return told && { status: 0, reason: told.reason, message: told.message.replace(/^Error creating: /, "") };
}

const isFailedCreate = ({ about, reason }: EventView): boolean => about.kind === "Job" && reason === "FailedCreate";

const patterns: readonly { readonly refuser: Refuser; readonly pattern: RegExp }[] = [
  { refuser: "namespace", pattern: /because it is being terminated/ },
  { refuser: "webhook-down", pattern: /failed calling webhook/ },
  { refuser: "webhook", pattern: /admission webhook "[^"]*" denied|ValidatingAdmissionPolicy '[^']*'.* denied/ },
  { refuser: "quota", pattern: /exceeded quota|failed quota|insufficient quota/ },
  { refuser: "pod-security", pattern: /violates PodSecurity/ },
  { refuser: "rbac", pattern: /cannot (?:create|patch|get|list) resource/ },
];
