import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { renderTable } from "../terminal/table.ts";
import { deleteObjects } from "./delete-objects.ts";
import type { DeleteRequest } from "./delete-run.ts";
import { describeStay, refuseUnseen } from "./describe-deletion.ts";
import { findLeftovers, type Judged, type Leftovers } from "./find-leftovers.ts";
import { readKinds } from "./read-kinds.ts";
import { deleteRunObjects, namespaceKind, waitForDeletion } from "./run-deletion.ts";
import { waitUntilGone } from "./wait-until-gone.ts";

/** Deletes what runs, this tool's and e2e suites', have left in the whole cluster; lists it first, and without `isSure` does nothing more. */
export async function deleteAll(cluster: Cluster, request: DeleteRequest & { readonly isSure: boolean }): Promise<void> {
  const { namespace, wait, isDry, isSure, signal, say } = request;
  const leftovers = await findLeftovers(cluster, { namespace, kinds: await readKinds(cluster, signal), signal });
  const isAny = leftovers.runs.some(({ gone }) => gone.length > 0) || leftovers.objects.length > 0;
  for (const line of describeLeftovers(leftovers, isAny)) say(line);
  if (isAny && !isDry) {
    if (!isSure)
      throw new KnownError("wrong-usage", "Nothing was deleted: --all deletes in the whole cluster, so it wants --yes.", {
        hint: "Read the list above; if all of it may go, run the same with --yes.",
      });
    await carryOut(cluster, leftovers, { wait, signal, say });
  }
  for (const { plural } of leftovers.unseen.filter(({ namespaced }) => !namespaced)) say(`not looked at: ${plural}, which you may not list`);
  refuseUnseen(leftovers.unseen);
}

function describeLeftovers({ runs, objects, left }: Leftovers, isAny: boolean): readonly string[] {
  const rows = [...runs.flatMap(({ name, gone }) => gone.map((found) => ({ found, why: `of the run in namespace ${name}` }))), ...objects].map(
    ({ found: { kind, metadata }, why }) => [kind.kind, metadata.namespace ?? "", metadata.name, why],
  );
  return [
    ...(isAny ? renderTable([["KIND", "NAMESPACE", "NAME", "WHY"], ...rows], { columns: Infinity }) : ["There is nothing to delete."]),
    ...runs.flatMap(describeStay),
    ...left.map(({ found: { kind, metadata }, why }) => `left: ${kind.kind} ${metadata.name}: ${why}`),
  ];
}

/** Runs first, whose plugins could make more; then what an e2e suite has left, webhooks before all that they could refuse. */
async function carryOut(cluster: Cluster, { runs, objects }: Leftovers, { wait, signal, say }: Pick<DeleteRequest, "wait" | "signal" | "say">): Promise<void> {
  for (const run of runs) await deleteRunObjects(cluster, run, signal);
  const isNamespace = ({ found }: Judged): boolean => found.kind === namespaceKind;
  const [namespaces, others] = [objects.filter(isNamespace), objects.filter((each) => !isNamespace(each))].map((group) => group.map(({ found }) => found));
  await deleteObjects(cluster, others ?? [], signal);
  await deleteObjects(cluster, namespaces ?? [], signal);
  say(wait ? "All of it is being deleted." : "All of it is being deleted. It takes a moment; --wait waits for it.");
  if (!wait) return;
  const quiet = { signal, say: (line: string) => (line === "It is gone." ? undefined : say(line)) };
  for (const run of runs) await waitForDeletion(cluster, run, quiet);
  for (const { metadata } of namespaces ?? []) await waitUntilGone(cluster, { objects: [], namespace: metadata.name, signal, say });
  await waitUntilGone(cluster, { objects: others ?? [], namespace: undefined, signal, say });
  say("It is gone.");
}
