import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { checkRun } from "./check-run.ts";
import type { Cell } from "./deal-cells.ts";
import { cells } from "./deal-cells.ts";
import type { RandomRun } from "./draw-run.ts";
import { drawRun } from "./draw-run.ts";
import { createHits } from "./hits.ts";
import { playRun } from "./play-run.ts";

/**
 * `npm run faults -- --seed N [--runs M | --until-covered] [--minutes M] [--at-once K]`: random faults on embedded clusters, one a run. The same seed is the same
 * run with the same faults at the same moments; `--until-covered` takes those of the seeds after N that can still add to the table of hits, until each cell has
 * ten. No run begins after so many minutes, nor after Ctrl-C; the table is printed all the same.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "1" },
    "until-covered": { type: "boolean", default: false },
    minutes: { type: "string", default: "1000" },
    "at-once": { type: "string", default: "1" },
  },
});
const wantedHits = 10;
const hits = createHits();
const atOnce = Number(values["at-once"]);
const isUntilCovered = values["until-covered"];
const limit = pLimit(atOnce);
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());
const end = performance.now() + Number(values.minutes) * 60_000;
const isOver = (): boolean => interruption.signal.aborted || performance.now() > end;
let failures = 0;
const playing = new Set<Promise<void>>();

const isMissing = (cell: Cell): boolean => hits.isMissing(cell, wantedHits);
for (let seed = Number(values.seed), left = isUntilCovered ? Infinity : Number(values.runs); left > 0 && !isOver(); seed++) {
  if (isUntilCovered && !cells.some(isMissing)) break;
  const run = drawRun(seed);
  if (isUntilCovered && !run.faults.some(isMissing)) continue;
  left--;
  const one = limit(() => play(run)).finally(() => playing.delete(one));
  playing.add(one);
  if (playing.size >= atOnce) await Promise.race(playing);
}
await Promise.all(playing);
process.stdout.write(`\n${hits.render(wantedHits)}`);
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
