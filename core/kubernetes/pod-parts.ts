import { field, list, text } from "./field.ts";

/** A pod spec as the Pod Security rules look at it. */
export type PodParts = {
  readonly spec: unknown;
  /** Who sets a security context: first the pod, then init, ordinary and ephemeral containers. */
  readonly setters: readonly Setter[];
  readonly containers: readonly Setter[];
  readonly isWindows: boolean;
  /** hostUsers: false, which makes root inside the pod nobody outside. */
  readonly hasUserNamespace: boolean;
};

/** The pod or a container; `label` names it in a sentence, `value` is its raw JSON. */
export type Setter = { readonly label: string; readonly value: unknown };

/** Every way in which a pod breaks one rule, each as a phrase such as `container "x" is privileged`. */
export type PodSecurityRule = (pod: PodParts) => readonly string[];

/** A pod spec's raw JSON as PodParts. */
export function parsePodParts(spec: unknown): PodParts {
  const containers = ["initContainers", "containers", "ephemeralContainers"]
    .flatMap((key) => list(field(spec, key)))
    .map((value) => ({ label: `container ${JSON.stringify(text(field(value, "name")))}`, value }));
  return {
    spec,
    setters: [{ label: "the pod", value: spec }, ...containers],
    containers,
    isWindows: field(spec, "os", "name") === "windows",
    hasUserNamespace: field(spec, "hostUsers") === false,
  };
}

/** The security context of a pod or container. */
export const security = ({ value }: Setter): unknown => field(value, "securityContext");
