import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Stage } from "../stage.ts";
import { startStage } from "../stage.ts";
import { checkHealthy, checkRow } from "./check-row.ts";
import type { Played } from "./play.ts";
import { play } from "./play.ts";
import type { Scene } from "./row.ts";
import { world } from "./world.ts";

/** A test for each row of the scenes, which are all played at the same time on one cluster. */
export function describeScenes(scenes: readonly Scene[]): void {
  let stage: Stage;
  const played = new Map<string, Promise<Played>>();
  before(async () => {
    stage = await startStage(world);
    for (const scene of scenes) {
      const playing = play(stage, scene);
      // Each test says so itself.
      playing.catch(() => undefined);
      played.set(scene.name, playing);
    }
  });
  after(() => stage?.close());
  for (const scene of scenes)
    describe(scene.name, () => {
      const read = (): Promise<Played> => played.get(scene.name) ?? assert.fail("it was not played");
      it("is incomplete", async () => assert.equal((await read()).run.code, 4, (await read()).run.stderr));
      for (const row of scene.rows) it(row.code, async (t) => t.diagnostic(`${row.code}: ${checkRow(row, await read()).toFixed(1)} s`));
      it("has every other result", async () => checkHealthy(await read()));
    });
}
