import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { PodParts, Setter } from "../../../../core/kubernetes/pod-parts.ts";
import { confiningTypes } from "../../../../core/kubernetes/pod-security-baseline.ts";
import { isVolumeAllowed } from "../../../../core/kubernetes/pod-security-restricted.ts";
import { judgeProcMount, judgeSeccomp } from "./baseline.ts";
import type { PodSecurityCheck, Violation } from "./violation.ts";
import { blame, blameCapabilities, describeSetters, inSecurity, plural, quoteAll } from "./violation.ts";

/** What restricted asks for beyond the common checks, in the API server's order. */
export const restrictedChecks: readonly PodSecurityCheck[] = [
  ({ isWindows, containers }) =>
    isWindows
      ? undefined
      : blame(
          "allowPrivilegeEscalation != false",
          containers.filter((container) => inSecurity(container, "allowPrivilegeEscalation") !== false),
          "must set securityContext.allowPrivilegeEscalation=false",
        ),
  ({ isWindows, containers }) => (isWindows ? undefined : judgeCapabilities(containers)),
  judgeProcMount,
  ({ spec }) => judgeVolumes(list(field(spec, "volumes")).filter((volume) => !isVolumeAllowed(volume))),
  (pod) => (pod.hasUserNamespace ? undefined : judgeRunAsNonRoot(pod)),
  ({ hasUserNamespace, setters }) =>
    hasUserNamespace
      ? undefined
      : blame(
          "runAsUser=0",
          setters.filter((setter) => inSecurity(setter, "runAsUser") === 0),
          "must not set runAsUser=0",
        ),
  ({ isWindows, setters }) => (isWindows ? undefined : (judgeSeccomp(setters) ?? judgeMissingSeccomp(setters))),
];

function judgeCapabilities(containers: readonly Setter[]): Violation | undefined {
  const keeping = containers.filter((container) => !list(inSecurity(container, "capabilities", "drop")).includes("ALL"));
  const added = blameCapabilities(containers, new Set(["NET_BIND_SERVICE"]));
  const parts = [
    ...(keeping.length === 0 ? [] : [`${describeSetters(keeping)} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(added === undefined ? [] : [added]),
  ];
  return parts.length === 0 ? undefined : { reason: "unrestricted capabilities", detail: parts.join("; ") };
}

function judgeVolumes(volumes: readonly unknown[]): Violation | undefined {
  if (volumes.length === 0) return undefined;
  const names = volumes.map((volume) => JSON.stringify(text(field(volume, "name"))));
  const types = volumes.map((volume) => Object.keys(volume ?? {}).find((key) => key !== "name") ?? "unknown");
  const [subject, verb] = volumes.length === 1 ? ["volume", "uses"] : ["volumes", "use"];
  return { reason: "restricted volume types", detail: `${subject} ${names.join(", ")} ${verb} restricted volume type${plural(types)} ${quoteAll(types)}` };
}

function judgeRunAsNonRoot({ setters, containers }: PodParts): Violation | undefined {
  const reason = "runAsNonRoot != true";
  const explicit = setters.filter((setter) => inSecurity(setter, "runAsNonRoot") === false);
  const [pod] = setters;
  if (explicit.length > 0) return blame(reason, explicit, "must not set securityContext.runAsNonRoot=false");
  if (pod && inSecurity(pod, "runAsNonRoot") === true) return undefined;
  const missing = containers.filter((container) => inSecurity(container, "runAsNonRoot") !== true);
  return orPod(reason, missing, "must set securityContext.runAsNonRoot=true");
}

function judgeMissingSeccomp([pod, ...containers]: readonly Setter[]): Violation | undefined {
  const isConfined = (setter: Setter): boolean => confiningTypes.has(inSecurity(setter, "seccompProfile", "type"));
  if (pod && isConfined(pod)) return undefined;
  const missing = containers.filter((container) => !isConfined(container));
  return orPod("seccompProfile", missing, `must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`);
}

const orPod = (reason: string, containers: readonly Setter[], rest: string): Violation | undefined =>
  containers.length === 0 ? undefined : { reason, detail: `pod or ${describeSetters(containers)} ${rest}` };
