import { field, text } from "../../../../core/kubernetes/field.ts";
import type { Container, Pod } from "../pods/pod.ts";

/** Why the runtime can't make a container, in containerd's words: it asks for a seccomp profile that no node has. */
export function refuseCreation(pod: Pod, container: Container): string | undefined {
  const profile = field(container.securityContext, "seccompProfile") ?? field(pod.spec.securityContext, "seccompProfile");
  if (text(field(profile, "type")) !== "Localhost") return undefined;
  const path = `/var/lib/kubelet/seccomp/${text(field(profile, "localhostProfile"))}`;
  return `failed to create containerd container: cannot load seccomp profile ${JSON.stringify(path)}: open ${path}: no such file or directory`;
}
