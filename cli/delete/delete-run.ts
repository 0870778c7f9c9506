import type { Cluster } from "../../core/cluster/cluster.ts";
import { describeDeletion, describeStay, refuseUnseen, renderObjects } from "./describe-deletion.ts";
import { readKinds } from "./read-kinds.ts";
import { deleteRunObjects, readRunDeletion, waitForDeletion } from "./run-deletion.ts";

export type DeleteRequest = {
  readonly namespace: string;
  readonly wait: boolean;
  /** Only say what would be deleted. */
  readonly isDry: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Deletes what runs left in a namespace and, if a run made it and nothing else is in it, the namespace; says what it did, or would do. */
export async function deleteRun(cluster: Cluster, { namespace, wait, isDry, signal, say }: DeleteRequest): Promise<void> {
  const deletion = await readRunDeletion(cluster, { namespace, kinds: await readKinds(cluster, signal), signal });
  if (isDry) {
    const lines = deletion.gone.length === 0 ? describeDeletion(deletion, true) : [...renderObjects(deletion.gone), ...describeStay(deletion)];
    for (const line of lines) say(line);
  } else {
    await deleteRunObjects(cluster, deletion, signal);
    for (const line of describeDeletion(deletion, wait)) say(line);
    if (wait) await waitForDeletion(cluster, deletion, { signal, say });
  }
  refuseUnseen(deletion.unseen);
}
