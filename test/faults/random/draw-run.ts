import { dealCells } from "./deal-cells.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { costOf } from "./fault-kinds.ts";
import type { Phase } from "./phases.ts";
import { createRandom } from "./random.ts";

/** What a plugin delivers: one file, or a folder of three, of so many bytes in all, after so many seconds. */
export type RandomPlugin = {
  readonly name: string;
  readonly driver: "Job" | "DaemonSet";
  readonly seconds: number;
  readonly shape: "file" | "folder";
  readonly bytes: number;
};

/** One fault: its kind, when, whose pod or node it meets, and a number for what the kind leaves open. */
export type RandomFault = { readonly kind: FaultKind; readonly phase: Phase; readonly plugin: string; readonly node: string; readonly size: number };

/** A run with its faults; the same for the same seed. */
export type RandomRun = { readonly seed: number; readonly plugins: readonly RandomPlugin[]; readonly faults: readonly RandomFault[] };

/** The nodes that are broken, and all that plugins run on: one stays, or nobody could take the aggregator in. */
const breakable: readonly string[] = ["worker-1", "worker-2", "worker-3"];
export const workers: readonly string[] = [...breakable, "spare"];

/** The run of a seed: four plugins, and five faults, whose kinds and moments are the seed's hand of cards (deal-cells.ts). */
export function drawRun(seed: number): RandomRun {
  const random = createRandom(seed);
  const plugins = shapes.map(({ name, driver, isSlow }): RandomPlugin => ({
    name,
    driver,
    seconds: isSlow ? 4 + random.below(5) : 0,
    shape: random.pick(["file", "folder"]),
    bytes: random.pick([100, 50_000, 500_000, 2_000_000]),
  }));
  // Were all nodes broken, nothing would have to come any more.
  const spared = random.pick(breakable);
  const broken = breakable.filter((node) => node !== spared);
  const faults = dealCells(seed).map(({ kind, phase }): RandomFault => {
    const node = random.pick(costOf(kind) === "node" ? broken : breakable);
    return { kind, phase, plugin: random.pick(plugins).name, node, size: 1 + random.below(30) };
  });
  return { seed, plugins, faults };
}

const shapes = [
  { name: "quick-job", driver: "Job", isSlow: false },
  { name: "slow-job", driver: "Job", isSlow: true },
  { name: "quick-nodes", driver: "DaemonSet", isSlow: false },
  { name: "slow-nodes", driver: "DaemonSet", isSlow: true },
] as const;
