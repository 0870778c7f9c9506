import { parsePodParts } from "../../../../core/kubernetes/pod-parts.ts";
import { baselineOnlyChecks, commonChecks } from "./baseline.ts";
import { restrictedChecks } from "./restricted.ts";
import type { PodSecurityCheck, Violation } from "./violation.ts";
import { sortedEntries } from "../../../objects/order.ts";

/** The levels of the Pod Security Standards. */
export type Level = "privileged" | "baseline" | "restricted";

/**
 * How a pod with this spec violates a level, in the words and order of Kubernetes v1.36; empty when it is admitted.
 * core's podSecurity() comes to the same verdict with words for people.
 */
export function judgePod(spec: unknown, level: Level): readonly Violation[] {
  if (level === "privileged") return [];
  const pod = parsePodParts(spec);
  const checks = level === "baseline" ? baseline : restricted;
  return checks.map((check) => check(pod)).filter((violation) => violation !== undefined);
}

/** `host namespaces (hostNetwork=true), privileged (container "c" must not set …)`. */
export const renderViolations = (violations: readonly Violation[]): string =>
  violations.map(({ reason, detail }) => (detail === "" ? reason : `${reason} (${detail})`)).join(", ");

const byId = (checks: { readonly [id: string]: PodSecurityCheck }): readonly PodSecurityCheck[] => sortedEntries(checks).map(([, check]) => check);

const baseline = byId({ ...commonChecks, ...baselineOnlyChecks });
const restricted = [...byId(commonChecks), ...restrictedChecks];
