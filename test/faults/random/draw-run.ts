import type { FaultKind } from "./fault-kinds.ts";
import { faultKinds, isPossible } from "./fault-kinds.ts";
import { createRandom } from "./random.ts";

/** When a fault is made: as soon as the target's pod is there, its program runs, its worker sends, or the aggregator looks at the cluster for the tarball. */
export const phases = ["before start", "running", "uploading", "sealing"] as const;
export type Phase = (typeof phases)[number];

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

/** The run of a seed: four plugins, and one to three faults of any kind at any moment. */
export function drawRun(seed: number): RandomRun {
  const random = createRandom(seed);
  const plugins = shapes.map(({ name, driver, isSlow }): RandomPlugin => ({
    name,
    driver,
    seconds: isSlow ? 4 + random.below(5) : 0,
    shape: random.pick(["file", "folder"]),
    bytes: random.pick([100, 50_000, 500_000, 2_000_000]),
  }));
  const pairs = faultKinds.flatMap((kind) => phases.filter((phase) => isPossible(kind, phase)).map((phase) => [kind, phase] as const));
  const faults = Array.from({ length: 1 + random.below(3) }, (): RandomFault => {
    const [kind, phase] = random.pick(pairs);
    return { kind, phase, plugin: random.pick(plugins).name, node: random.pick(breakable), size: 1 + random.below(30) };
  });
  return { seed, plugins, faults };
}

const shapes = [
  { name: "quick-job", driver: "Job", isSlow: false },
  { name: "slow-job", driver: "Job", isSlow: true },
  { name: "quick-nodes", driver: "DaemonSet", isSlow: false },
  { name: "slow-nodes", driver: "DaemonSet", isSlow: true },
] as const;
