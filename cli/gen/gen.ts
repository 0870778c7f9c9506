import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import type { ClusterFlags } from "../connect-cluster.ts";
import { describePlan } from "../run/describe-plan.ts";
import { describeTooLarge } from "../run/manifest/describe-too-large.ts";
import { listRunObjects, renderManifest } from "../run/manifest/render-manifest.ts";
import type { RunFlags } from "../run/options.ts";
import { decideRun, readWanted } from "../run/plan-from-flags.ts";
import { renderSafeLines, renderSafeText } from "../terminal/safe-text.ts";
import { leaveSecrets } from "./leave-secrets.ts";
import { nameRun, parseRunId } from "./name-run.ts";
import { readFacts } from "./read-facts.ts";
import { renderHeader } from "./render-header.ts";

export type GenFlags = RunFlags &
  ClusterFlags & {
    readonly kubernetesVersion?: string | undefined;
    readonly withSecrets?: true | undefined;
    readonly serverSide?: true | undefined;
    readonly runId?: string | undefined;
  };

/** Prints the manifest that makes the same run as `run` with these flags; the same flags print the same, and nothing is changed in any cluster. */
export async function gen(context: CommandContext, flags: GenFlags): Promise<void> {
  const { output } = context;
  const runId = flags.runId === undefined ? undefined : parseRunId(flags.runId);
  const wanted = await readWanted(context, flags, { mayLackSecrets: flags.withSecrets !== true });
  const facts = await readFacts(context, flags, wanted.options.namespace);
  const decide = (id: string) => {
    const { plan, objects } = decideRun(id, wanted, facts);
    return { plan, namespace: objects.namespace, objects: listRunObjects(objects, !facts.isNamespaceForeign) };
  };
  const { plan, namespace, objects: all } = decide(runId ?? nameRun(decide(unnamed).objects));
  const { objects, left } = flags.withSecrets === true ? { objects: all, left: [] } : leaveSecrets(all);
  if (flags.serverSide !== true) refuseTooLarge(objects, plan.spec.plugins);
  const notes = [
    ...describePlan(plan, undefined, namespace),
    ...(facts.isAssumed && plan.definitions.some(({ dialect }) => dialect === "sonobuoy") && plan.spec.permissions === "read" ? [assumed] : []),
    ...(facts.isNamespaceForeign ? [`The namespace ${plan.spec.namespace} is there and no run made it, so it is left out of the manifest.`] : []),
    ...(left.length > 0
      ? [`Left out: ${left.map(({ metadata }) => `Secret ${metadata.name}`).join(", ")}. The commands that make them stand at the top of the manifest.`]
      : []),
  ];
  for (const note of notes) output.err(`note: ${renderSafeText(note)}\n`);
  const text = `${renderHeader(plan.spec, { left, isServerSide: flags.serverSide === true })}${renderManifest(objects)}`;
  (output.open ?? output).out(output.isTerminal ? renderSafeLines(text) : text);
}

/** Stands for the id while it is not known. */
const unnamed = "00000000";

const assumed = "No cluster was asked, so plugins of Sonobuoy's format may read what Kubernetes itself serves, and no custom resources.";

function refuseTooLarge(objects: readonly KubernetesObject[], plugins: readonly string[]): void {
  const sentences = describeTooLarge(objects, plugins);
  if (sentences.length === 0) return;
  throw new KnownError("wrong-usage", sentences.join("\n"), {
    hint: "With --server-side the manifest is for `kubectl apply --server-side -f -`, which keeps no copy; `asdic run` and `asdic run -f` keep none either.",
  });
}
