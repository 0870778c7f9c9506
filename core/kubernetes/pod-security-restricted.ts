import { field, list, text } from "./field.ts";
import type { PodParts, PodSecurityRule, Setter } from "./pod-parts.ts";
import { security } from "./pod-parts.ts";
import { addedCapabilities, confiningTypes, unmaskedProc } from "./pod-security-baseline.ts";

/** What the restricted level asks for beyond baseline. Windows pods can't have Linux's fields and are let off. */
export const restrictedRules: readonly PodSecurityRule[] = [
  ({ spec }) =>
    list(field(spec, "volumes"))
      .filter((volume) => !isVolumeAllowed(volume))
      .map((volume) => `volume ${JSON.stringify(text(field(volume, "name")))} is of a type that is not allowed`),
  unlessWindows(({ containers }) =>
    containers
      .filter((container) => field(security(container), "allowPrivilegeEscalation") !== false)
      .map(({ label }) => `${label} doesn't set allowPrivilegeEscalation: false`),
  ),
  ({ setters, containers, hasUserNamespace }) => (hasUserNamespace ? [] : rootAllowed(setters, containers)),
  ({ setters, hasUserNamespace }) =>
    hasUserNamespace ? [] : setters.filter((setter) => field(security(setter), "runAsUser") === 0).map(({ label }) => `${label} runs as user 0`),
  unlessWindows(({ spec, containers }) =>
    isConfined({ label: "the pod", value: spec })
      ? []
      : containers
          .filter((container) => !isConfined(container))
          .map(({ label }) => `neither the pod nor ${label} sets the seccomp profile RuntimeDefault or Localhost`),
  ),
  unlessWindows(({ containers }) =>
    containers
      .filter((container) => !list(field(security(container), "capabilities", "drop")).includes("ALL"))
      .map(({ label }) => `${label} doesn't drop ALL capabilities`),
  ),
  unlessWindows(({ containers }) =>
    containers.flatMap((container) =>
      addedCapabilities(container, new Set(["NET_BIND_SERVICE"])).map((name) => `${container.label} adds the capability ${name}`),
    ),
  ),
  ({ containers }) => unmaskedProc(containers),
];

function unlessWindows(rule: PodSecurityRule): PodSecurityRule {
  return (pod: PodParts) => (pod.isWindows ? [] : rule(pod));
}

function rootAllowed(setters: readonly Setter[], containers: readonly Setter[]): readonly string[] {
  const explicit = setters.filter((setter) => field(security(setter), "runAsNonRoot") === false).map(({ label }) => `${label} sets runAsNonRoot: false`);
  const [pod] = setters;
  if (explicit.length > 0 || (pod && field(security(pod), "runAsNonRoot") === true)) return explicit;
  return containers
    .filter((container) => field(security(container), "runAsNonRoot") !== true)
    .map(({ label }) => `neither the pod nor ${label} sets runAsNonRoot: true`);
}

/** Whether a volume is of a type that restricted allows. One without a source becomes an emptyDir. */
export function isVolumeAllowed(volume: unknown): boolean {
  const sources = Object.keys(volume ?? {}).filter((key) => key !== "name" && field(volume, key) !== undefined);
  return sources.length === 0 || sources.some((type) => allowedVolumes.has(type));
}

const isConfined = (setter: Setter): boolean => confiningTypes.has(field(security(setter), "seccompProfile", "type"));

const allowedVolumes: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);
