import type { Bench, Way } from "./uploads/processes.ts";
import { prepareBench } from "./uploads/processes.ts";

/**
 * Taking in uploads over TLS, side by side with the way Sonobuoy does it (one mutex around each, no digest, nothing synced). Senders, server, TLS of
 * both sides and the disk share this machine's cores; a server has a process of its own, with the aggregator's flags. Ends with 1 when a limit is missed.
 */
const kibibyte = 1024;
const limits = { megabytes: 200, small: 0.5, large: 0.5, slowed: 3, growth: 2 };
const nodes = 5000;
const begun = performance.now();

const check = (isMet: boolean): string => {
  if (!isMet) process.exitCode = 1;
  return isMet ? "" : "  MISSED";
};
const ways = ["asdic", "sonobuoy"] as const;

type Ran = Awaited<ReturnType<Bench["run"]>>;
const secondsOf = ({ loads }: Ran, index = 0): number => loads[index]?.seconds ?? Number.NaN;
const failuresOf = ({ loads }: Ran): number => loads.reduce((sum, { failures }) => sum + failures.length, 0);

const bench = await prepareBench(nodes);
try {
  const compare = async (what: string, megabytes: number, run: (way: Way) => Promise<Ran>): Promise<Record<Way, Ran>> => {
    const ran = { asdic: await run("asdic"), sonobuoy: await run("sonobuoy") };
    for (const way of ways) {
      const { cpu, peak } = ran[way];
      const seconds = secondsOf(ran[way]);
      console.log(
        `${what}, ${way.padEnd(8)}  ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(0)} MB/s, ${cpu.toFixed(2)} s of the server's CPU, peak ${peak.toFixed(0)} MB` +
          (failuresOf(ran[way]) === 0 ? "" : `, ${failuresOf(ran[way])} failed`),
      );
    }
    return ran;
  };
  const small = await compare("5,000 of 200 KiB", (nodes * 200 * kibibyte) / 1e6, (way) =>
    bench.run(way, [{ nodes: [0, nodes], bytes: 200 * kibibyte, kind: "raw", atOnce: 32 }]),
  );
  console.log("   ", secondsOf(small.sonobuoy) / secondsOf(small.asdic));
  const large = await compare("200 of 5 MiB, packed", (200 * 5 * kibibyte * kibibyte) / 1e6, (way) =>
    bench.run(way, [{ nodes: [0, 200], bytes: 5 * kibibyte * kibibyte, kind: "gzip", atOnce: 32 }]),
  );
  console.log("   ", secondsOf(large.sonobuoy) / secondsOf(large.asdic));
} finally {
  bench.remove();
}
console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s`);
