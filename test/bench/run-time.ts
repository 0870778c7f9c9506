import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asdic } from "../e2e/asdic.ts";

/** Seconds from `run` to the tarball on disk: one Job and one DaemonSet plugin of Sonobuoy's format, as Sonobuoy's own figure was taken. */
const sonobuoySeconds = 20.2;
const rounds = 5;
const image = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

const folder = mkdtempSync(join(tmpdir(), "asdic-bench-"));
const write = (name: string, driver: string, script: string): string => {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    JSON.stringify({
      "sonobuoy-config": { driver, "plugin-name": name, "result-format": "raw" },
      spec: { name: "plugin", image, command: ["sh", "-c", script] },
    }),
  );
  return path;
};
const job = write("bench-job", "Job", "echo 1 > $RESULTS_DIR/a; echo $RESULTS_DIR/a > $RESULTS_DIR/done");
const nodes = write("bench-nodes", "DaemonSet", "echo 1 > $RESULTS_DIR/a; echo $RESULTS_DIR/a > $RESULTS_DIR/done; while true; do sleep 3600; done");

async function measure(name: string, plugins: readonly string[]): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const namespace = `bench-${name}-${round}`;
    const tarball = join(folder, `${namespace}.tar.gz`);
    const start = performance.now();
    const { code, stdout, stderr } = await asdic(["run", "--wait", "-n", namespace, "-o", tarball, ...plugins.flatMap((plugin) => ["-p", plugin])]);
    seconds.push((performance.now() - start) / 1000);
    if (code !== 0 || !statSync(tarball).isFile()) throw new Error(`${stdout}\n${stderr}`);
    await asdic(["delete", "--wait", "-n", namespace]);
  }
  return seconds.toSorted((a, b) => a - b);
}

for (const [name, plugins] of [
  ["built-ins", []],
  ["sonobuoy-format", [job, nodes]],
] as const) {
  const seconds = await measure(name, plugins);
  const median = seconds[Math.floor(rounds / 2)] ?? Number.NaN;
  const ratio = (sonobuoySeconds / median).toFixed(1);
  console.log(
    `${name}: run to tarball on disk, median of ${rounds}: ${median.toFixed(1)} s (${seconds.map((value) => value.toFixed(1)).join(", ")}); Sonobuoy's ${sonobuoySeconds} s is ${ratio} times that`,
  );
}
rmSync(folder, { recursive: true });
