import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { PodParts, Setter } from "../../../../core/kubernetes/pod-parts.ts";
import { security } from "../../../../core/kubernetes/pod-parts.ts";

/** What of a pod a level forbids, in the API server's words: `reason (detail)`. */
export type Violation = { readonly reason: string; readonly detail: string };

/** One of the Pod Security Standards' checks. */
export type PodSecurityCheck = (pod: PodParts) => Violation | undefined;

/** `pod`, `container "c"`, `pod and containers "c", "d"`. */
export function describeSetters(setters: readonly Setter[]): string {
  const containers = setters.filter((setter) => !isPod(setter)).map(({ value }) => JSON.stringify(text(field(value, "name"))));
  const pod = setters.some(isPod) ? ["pod"] : [];
  const rest = containers.length === 0 ? [] : [`container${containers.length === 1 ? "" : "s"} ${containers.join(", ")}`];
  return [...pod, ...rest].join(" and ");
}

/** As parsePodParts labels it. */
const isPod = ({ label }: Setter): boolean => label === "the pod";

/** A check that says `reason (SUBJECTS rest)` of those that break it. */
export const blame = (reason: string, setters: readonly Setter[], rest: string): Violation | undefined =>
  setters.length === 0 ? undefined : { reason, detail: `${describeSetters(setters)} ${rest}` };

/** A setter's value somewhere in its security context. */
export const inSecurity = (setter: Setter, ...path: readonly string[]): unknown => field(security(setter), ...path);

/** Each value once, sorted and quoted, with commas between. */
export const quoteAll = (values: readonly string[]): string =>
  [...new Set(values)]
    .toSorted()
    .map((value) => JSON.stringify(value))
    .join(", ");

/** "s" unless it is one; "" then. */
export const plural = (values: readonly unknown[]): string => (new Set(values).size === 1 ? "" : "s");

/** Capabilities that containers add beyond `allowed`, as one phrase. */
export function blameCapabilities(containers: readonly Setter[], allowed: ReadonlySet<string>): string | undefined {
  const added = (setter: Setter): readonly string[] =>
    list(inSecurity(setter, "capabilities", "add"))
      .map(text)
      .filter((name) => !allowed.has(name));
  const bad = containers.filter((container) => added(container).length > 0);
  if (bad.length === 0) return undefined;
  return `${describeSetters(bad)} must not include ${quoteAll(bad.flatMap(added))} in securityContext.capabilities.add`;
}
