import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { checkRun } from "./check-run.ts";
import type { RandomRun } from "./draw-run.ts";
import { drawRun } from "./draw-run.ts";
import { createHits } from "./hits.ts";
import { playRun } from "./play-run.ts";

/**
 * `npm run faults -- --seed N [--runs M | --until-covered] [--at-once K]`: random faults on embedded clusters, one a run. The same seed is the same run with
 * the same faults at the same moments; `--until-covered` takes those of the seeds after N that can still add to the table of hits.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "1" },
    "until-covered": { type: "boolean", default: false },
    "at-once": { type: "string", default: "1" },
  },
});
const wantedHits = 10;
const hits = createHits();
const atOnce = Number(values["at-once"]);
const limit = pLimit(atOnce);
let failures = 0;
const playing = new Set<Promise<void>>();

for (let seed = Number(values.seed), left = values["until-covered"] ? Infinity : Number(values.runs); left > 0; seed++) {
  const missing = hits.missing(wantedHits);
  if (values["until-covered"] && missing.length === 0) break;
  const run = drawRun(seed);
  if (values["until-covered"] && !run.faults.some((fault) => missing.some(([kind, phase]) => kind === fault.kind && phase === fault.phase))) continue;
  left--;
  const one = limit(() => play(run)).finally(() => playing.delete(one));
  playing.add(one);
  if (playing.size >= atOnce) await Promise.race(playing);
}
await Promise.all(playing);
process.stdout.write(`\n${hits.render()}`);
process.exitCode = failures === 0 ? 0 : 1;

async function play(run: RandomRun): Promise<void> {
  const lines = await playRun(run).then(
    (played) => {
      hits.add(played.made);
      const broken = checkRun(run, played);
      if (broken.length > 0) failures++;
      return [
        `${broken.length === 0 ? "ok  " : "FAIL"} seed ${run.seed}, ${played.seconds.toFixed(0)} s: ${describe(run)}; ${played.made.length} of ${run.faults.length} hit`,
        ...broken.map((sentence) => `     ${sentence.trimEnd().replaceAll("\n", "\n     ")}`),
      ];
    },
    (error: unknown) => {
      failures++;
      return [`FAIL seed ${run.seed}: ${describe(run)}`, error instanceof Error ? (error.stack ?? error.message) : String(error)];
    },
  );
  process.stdout.write(`${lines.join("\n")}\n`);
}

function describe({ faults }: RandomRun): string {
  return faults.map(({ kind, phase, plugin, node, size }) => `${kind} ${phase} (${plugin}, ${node}, ${size})`).join("; ");
}
