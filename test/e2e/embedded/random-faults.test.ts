import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkRun } from "../../faults/random/check-run.ts";
import { drawRun } from "../../faults/random/draw-run.ts";
import { playRun } from "../../faults/random/play-run.ts";

/**
 * Seeds with faults of nodes, pods, aggregator, API, network, disk and clock, each of which found something: 32 an answer that comes late to a worker that has
 * delivered, 38 an aggregator that may not say that its run is complete, 52 a node that is deleted before the aggregator is. About a minute.
 */
const seeds = [32, 38, 52];

describe("whatever is broken, a run ends, keeps what was delivered, and says what is missing", () => {
  for (const seed of seeds) {
    const run = drawRun(seed);
    const faults = run.faults.map(({ kind, phase }) => `${kind} ${phase}`).join(", ");
    it(`seed ${seed}: ${faults} (again: npm run faults -- --seed ${seed})`, async () => assert.deepEqual(checkRun(run, await playRun(run)), []));
  }
});
