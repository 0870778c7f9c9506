import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { annotations } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import { renderSecretCommand } from "./leave-secrets.ts";

/** The comment above a manifest: what it is, what to do with it, and which Secrets a person has to make. Nothing of it changes from one day to the next. */
export function renderHeader(
  { runId, namespace, plugins, toolVersion, serverVersion }: RunSpec,
  { left, isServerSide }: { readonly left: readonly KubernetesObject[]; readonly isServerSide: boolean },
): string {
  const lines = [
    `Run ${runId} of ${plugins.join(", ")}, by asdic ${toolVersion} for Kubernetes ${serverVersion}.`,
    `Start it:  kubectl apply ${isServerSide ? "--server-side " : ""}-f FILE, or asdic run -f FILE --wait`,
    `See it:    asdic wait -n ${namespace}, then asdic retrieve -n ${namespace}`,
    `Remove it: asdic delete -n ${namespace} --wait; after that it can be started again`,
    ...(left.length === 0
      ? []
      : [
          "",
          `Before it starts, these Secrets are needed, which are not in this file (asdic gen --with-secrets prints them too):`,
          `kubectl create namespace ${namespace} && kubectl annotate namespace ${namespace} ${annotations.madeBy}=${runId}`,
          ...left.map(renderSecretCommand),
        ]),
  ];
  return lines.map((line) => `# ${renderSafeText(line)}`.trimEnd() + "\n").join("");
}
