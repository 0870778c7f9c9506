import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Causes } from "../../causes.ts";
import { invalidValue, none, oneOf, required, when } from "../../causes.ts";
import { systemId } from "./value-rules.ts";

/** A container's security context. */
export function validateContainerSecurity(path: string, context: unknown): Causes {
  if (context === undefined) return none;
  return [
    ...systemId(`${path}.runAsUser`, field(context, "runAsUser")),
    ...systemId(`${path}.runAsGroup`, field(context, "runAsGroup")),
    ...oneOf(`${path}.procMount`, field(context, "procMount"), ["Default", "Unmasked"]),
    ...validateSeccomp(`${path}.seccompProfile`, field(context, "seccompProfile")),
    ...validateEscalation(path, context),
  ];
}

/** A pod's security context, and what of the pod goes with it. */
export function validatePodSecurity(path: string, spec: unknown): Causes {
  const context = field(spec, "securityContext");
  const at = `${path}.securityContext`;
  const isShared = field(spec, "shareProcessNamespace") === true && field(spec, "hostPID") === true;
  return [
    ...["fsGroup", "runAsUser", "runAsGroup"].flatMap((name) => systemId(`${at}.${name}`, field(context, name))),
    ...list(field(context, "supplementalGroups")).flatMap((group, index) => systemId(`${at}.supplementalGroups[${index}]`, group)),
    ...when(isShared, () => invalidValue(`${at}.shareProcessNamespace`, true, "ShareProcessNamespace and HostPID cannot both be enabled")),
    ...oneOf(`${at}.fsGroupChangePolicy`, field(context, "fsGroupChangePolicy"), ["Always", "OnRootMismatch"]),
    ...validateSeccomp(`${at}.seccompProfile`, field(context, "seccompProfile")),
  ];
}

function validateSeccomp(path: string, profile: unknown): Causes {
  if (profile === undefined) return none;
  const [type, localhost] = [text(field(profile, "type")), field(profile, "localhostProfile")];
  if (type === "") return required(`${path}.type`, "type is required when seccompProfile is set");
  if (type === "Localhost") return when(localhost === undefined, () => required(`${path}.localhostProfile`, "must be set when seccomp type is Localhost"));
  return [
    ...oneOf(`${path}.type`, type, ["Localhost", "RuntimeDefault", "Unconfined"]),
    ...when(localhost !== undefined, () => invalidValue(`${path}.localhostProfile`, localhost, "can only be set when seccomp type is Localhost")),
  ];
}

/** What the server quotes is its own form of the context. */
function validateEscalation(path: string, context: unknown): Causes {
  if (field(context, "allowPrivilegeEscalation") !== false) return none;
  const isPrivileged = field(context, "privileged") === true;
  const isAdmin = list(field(context, "capabilities", "add")).includes("CAP_SYS_ADMIN");
  return [
    ...when(isPrivileged, () => invalidValue(path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")),
    ...when(isAdmin, () => invalidValue(path, context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")),
  ];
}
