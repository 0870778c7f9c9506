import type { Bench, Load, Ran, Way } from "./uploads/processes.ts";
import { prepareBench } from "./uploads/processes.ts";

/**
 * Taking in uploads over TLS, side by side with the way Sonobuoy does it: one mutex around each, no digest, nothing synced. Senders, server, TLS of
 * both sides and the disk share this machine's cores; a server has a process of its own, with the aggregator's flags. Ends with 1 when a limit is missed.
 */
const kibibyte = 1024;
const nodes = 5000;
const limits = {
  /** Of the aggregator's resident memory, at any time. */
  megabytes: 200,
  /** The server's CPU, times that of Sonobuoy's way, which compares and syncs nothing; unlike time it depends little on what else the machine does. */
  small: 1.4,
  packed: 2.2,
  /** Times as long as without slow senders, and half a second. */
  slowed: 2,
  /** The CPU that a node costs at 5,000 nodes, times that at 1,000. */
  growth: 1.5,
};
const ways = ["asdic", "sonobuoy"] as const;
type Both = Readonly<Record<Way, Ran>>;

const bench = await prepareBench(nodes);
try {
  await compareSmall(bench);
  await comparePacked(bench);
  await compareSlow(bench);
  await showGrowth(bench);
} finally {
  bench.remove();
}

async function compareSmall({ run }: Bench): Promise<void> {
  const load: Load = { nodes: [0, nodes], bytes: 200 * kibibyte, kind: "raw", atOnce: 32 };
  const both = await runBoth((way) => run(way, [load]));
  report(`${nodes} uploads of 200 KiB`, load, both);
  judge(both, limits.small);
}

async function comparePacked({ run }: Bench): Promise<void> {
  const load = { nodes: [0, 200], bytes: 5 * kibibyte * kibibyte, atOnce: 32 } as const;
  const both = await runBoth((way) => run(way, [{ ...load, kind: way === "asdic" ? "packed" : "tar.gz" }]));
  report("200 logs, 5 MiB compressed, from workers of either kind", load, both);
  judge(both, limits.packed);
}

async function compareSlow({ run }: Bench): Promise<void> {
  const fast: Load = { nodes: [20, 520], bytes: 200 * kibibyte, kind: "raw", atOnce: 32 };
  const slow: Load = { nodes: [0, 20], bytes: 16 * kibibyte, kind: "raw", atOnce: 20, pace: 16 * kibibyte };
  const alone = await runBoth((way) => run(way, [fast]));
  const together = await runBoth((way) => run(way, [fast, slow], { last: fast, headStart: 200 }));
  report("500 uploads of 200 KiB while 20 others send 16 KiB in a second", fast, together);
  for (const way of ways) {
    const isMet = way !== "asdic" || seconds(together.asdic) <= limits.slowed * seconds(alone.asdic) + 0.5;
    const times = seconds(together[way]) / seconds(alone[way]);
    console.log(`  ${way}: ${times.toFixed(1)} times as long as without them${verdict(isMet)}`);
  }
}

async function showGrowth({ run }: Bench): Promise<void> {
  const costs = new Map<number, number>();
  console.log("each node with a connection of its own, a question and an upload of 20 KiB:");
  for (const count of [10, 100, 1000, nodes]) {
    const ran = await run("asdic", [{ nodes: [0, count], bytes: 20 * kibibyte, kind: "raw", atOnce: 32, isEachItsOwn: true }], { expected: count });
    const cost = (ran.cpu * 1000) / count;
    costs.set(count, cost);
    const status = `a status takes ${ran.statusMilliseconds.toFixed(0)} ms of it`;
    console.log(`  ${count} nodes: ${cost.toFixed(2)} ms of CPU each, ${status}, peak ${ran.peak.toFixed(0)} MB${verdict(isSmallAndWhole(ran))}`);
  }
  const growth = (costs.get(nodes) ?? 0) / (costs.get(1000) ?? 0);
  console.log(`  a node of ${nodes} costs ${growth.toFixed(2)} times one of 1000${verdict(growth <= limits.growth)}`);
}

/** One after the other, so that each has the machine to itself. */
async function runBoth(run: (way: Way) => Promise<Ran>): Promise<Both> {
  return { asdic: await run("asdic"), sonobuoy: await run("sonobuoy") };
}

function seconds({ loads }: Ran): number {
  return loads[0]?.seconds ?? Number.NaN;
}

function report(what: string, { nodes: [first, end], bytes }: Pick<Load, "nodes" | "bytes">, both: Both): void {
  console.log(`${what}:`);
  for (const way of ways) {
    const ran = both[way];
    const rate = ((end - first) * bytes) / 1e6 / seconds(ran);
    const figures = `${seconds(ran).toFixed(2)} s, ${rate.toFixed(0)} MB/s, ${ran.cpu.toFixed(2)} s of CPU, peak ${ran.peak.toFixed(0)} MB`;
    console.log(`  ${way.padEnd(8)}  ${figures}${verdict(way !== "asdic" || isSmallAndWhole(ran))}`);
  }
}

function judge({ asdic, sonobuoy }: Both, most: number): void {
  const times = asdic.cpu / sonobuoy.cpu;
  const speed = (seconds(sonobuoy) / seconds(asdic)).toFixed(2);
  console.log(`  ${speed} times as fast, with digests, checks and syncs, for ${times.toFixed(2)} times the CPU (at most ${most})${verdict(times <= most)}`);
}

function isSmallAndWhole({ peak, loads }: Ran): boolean {
  return peak < limits.megabytes && loads.every(({ failures }) => failures.length === 0);
}

function verdict(isMet: boolean): string {
  if (!isMet) process.exitCode = 1;
  return isMet ? "" : "  MISSED";
}
