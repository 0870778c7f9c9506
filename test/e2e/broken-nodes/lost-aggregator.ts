import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { readOutcome } from "../../faults/read-outcome.ts";
import { assertIntact, quickAccepted, untilLogged } from "../aggregator-pod.ts";
import type { Ended, Place } from "../asdic.ts";
import { asdic, kubectl } from "../asdic.ts";
import { writePatientPlugins } from "./patient-plugins.ts";

const label = "asdic-e2e/loss";

/** A run on two nodes, of which the one with the aggregator is to be broken. */
export type LostAggregator = {
  /** Fails unless every quick result has been accepted within a minute and a half. */
  untilAccepted(): Promise<unknown>;
  /** Call it when the node has died; comes when the run has ended. */
  untilReplaced(): Promise<Replacement>;
};
type Replacement = { readonly first: string; readonly second: string; readonly knownAt: number; readonly replacedAt: number; readonly waited: Ended };

/** Starts a run on a cordoned node and a survivor, with the aggregator on the cordoned one, which is cordoned again then. */
export async function startLostAggregator({ namespace, folder }: Place, victim: string, survivor: string): Promise<LostAggregator> {
  await kubectl("label", "node", victim, survivor, `${label}=yes`, "--overwrite");
  await kubectl("cordon", survivor);
  await kubectl("uncordon", victim);
  await asdic(["run", "-n", namespace, "--node-selector", `${label}=yes`, ...writePatientPlugins(folder)]);
  const waiting = asdic(["wait", "-n", namespace]);
  const first = await untilLogged(namespace, /"aggregator started"/);
  await kubectl("cordon", victim);
  await kubectl("uncordon", survivor);
  return {
    // Of each node, and of the Job.
    untilAccepted: () => untilLogged(namespace, quickAccepted, { times: 3 }),
    async untilReplaced() {
      await kubectl("wait", "--for=condition=Ready=Unknown", `node/${victim}`, "--timeout=120s");
      const knownAt = Date.now();
      const second = await untilLogged(namespace, /"in place of an aggregator that was lost"/, { seconds: 60 });
      return { first, second, knownAt, replacedAt: Date.now(), waited: await waiting };
    },
  };
}

/** Takes the labels away by which a run was held to its two nodes; those of nodes that are gone went with them. */
export const forgetLostAggregator = (): Promise<unknown> => kubectl("label", "node", "--all", `${label}-`);

/** Asserts that the run was ended by another aggregator, and has every result of the survivor, and the loss of each of the victim's. */
export async function assertReplaced(
  context: TestContext,
  { namespace, tarball }: Place,
  { replacement, victim, survivor }: { readonly replacement: Replacement; readonly victim: string; readonly survivor: string },
): Promise<void> {
  const { first, second, knownAt, replacedAt, waited } = replacement;
  context.diagnostic(`replaced ${((replacedAt - knownAt) / 1000).toFixed(0)} s after its node was known as lost`);
  assert.notEqual(second, first);
  assert.equal(waited.code, 4, waited.stdout + waited.stderr);
  assert.equal(waited.stdout.match(/The aggregator is being replaced/g)?.length, 1, waited.stdout);
  await asdic(["retrieve", "-n", namespace, "-o", tarball]);
  const { files, status } = await readOutcome(tarball);
  for (const plugin of ["quick-nodes", "slow-nodes"]) assertIntact(files, plugin, survivor);
  for (const { plugin, node, state } of status.results.filter((result) => result.node === victim)) assert.equal(state, "lost", `${plugin} ${node}`);
  for (const { plugin, state, code } of status.results.filter((result) => result.node === "global"))
    assert.ok(state === "done" || code === "node-not-ready" || code === "lost-with-aggregator", `${plugin} ${state} ${code}`);
}
