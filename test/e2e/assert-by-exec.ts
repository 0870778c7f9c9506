import assert from "node:assert/strict";
import type { Way } from "../../core/contract/run-status.ts";
import type { Outcome } from "../faults/read-outcome.ts";
import { readOutcome } from "../faults/read-outcome.ts";
import { asdic, kubectl } from "./asdic.ts";
import type { Place } from "./asdic.ts";

/**
 * Asserts of a complete run under a cut pod network that every result of another node than the aggregator's came by exec, those of its own by the named way,
 * and that status, tarball and report say so; gives what is in the tarball.
 */
export async function assertByExec({ namespace, tarball }: Place, { here, before = [] }: Ways): Promise<Outcome> {
  const outcome = await readOutcome(tarball);
  assert.equal(outcome.status.outcome, "complete");
  const pods: { readonly items: readonly { readonly spec: { readonly nodeName: string } }[] } = JSON.parse(
    await kubectl("get", "pods", "-n", namespace, "-l", "sonobuoy-component=aggregator", "-o", "json"),
  );
  const home = pods.items[0]?.spec.nodeName;
  const ofNodes = outcome.status.results.filter(({ node }) => node !== "global");
  assert.ok(ofNodes.some(({ node }) => node !== home));
  for (const { plugin, node, state, way } of ofNodes)
    assert.deepEqual(
      [state, way],
      ["done", before.includes(plugin) ? "service" : node === home ? here : "exec"],
      `${plugin} on ${node}; the aggregator is on ${home}`,
    );
  const [note] = outcome.status.notes ?? [];
  assert.equal(note?.code, "pod-network");
  assert.match(note?.message ?? "", new RegExp(`and the aggregator's pod on ${home} does not carry their connections`));
  const [status, report] = [await asdic(["status", "-n", namespace]), await asdic(["report", "-f", "text", tarball])];
  for (const { stdout, stderr } of [status, report]) assert.ok(stdout.includes("The pod network between"), stdout + stderr);
  return outcome;
}

type Ways = {
  /** By which results of the aggregator's own node come. */
  readonly here: Way;
  /** Plugins that had delivered before the pod network was cut. */
  readonly before?: readonly string[];
};
