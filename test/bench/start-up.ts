import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { buildResultTree } from "../../core/results/build-result-tree.ts";
import { readResultFile } from "../../core/results/read-result-file.ts";
import { renderResultTree } from "../../core/results/result-yaml.ts";
import { writeTarball } from "../reports/small-run.ts";

/** How long the CLI takes to start, as ratios to an empty program of Node.js within this run, and what a conformance run's tarball takes above that. Needs `npm run build`. */
const rounds = Number(process.argv[2] ?? 15);
const cases = 7500;
const cli = join(import.meta.dirname, "../../dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "asdic-bench-"));
const tarball = join(folder, "run.tar.gz");

/** As ginkgo writes it: most are skipped, each tenth passed with its output, a few failed. */
function renderJunit(): string {
  const lines = Array.from({ length: cases }, (_, index) => {
    const name = `[It] [sig-node] Pods ${index} should be submitted, removed and watched by everybody who asks for it [NodeConformance] [Conformance]`;
    if (index % 500 === 0)
      return `<testcase name="${name}" time="12.5"><failure message="timed out">${"at e2e/framework.go:12\n".repeat(40)}</failure></testcase>`;
    if (index % 10 === 0) return `<testcase name="${name}" time="3.25"><system-err>${"STEP: wait for the pod\n".repeat(20)}</system-err></testcase>`;
    return `<testcase name="${name}" time="0"><skipped/></testcase>`;
  });
  return `<testsuites><testsuite name="Kubernetes e2e suite" tests="${cases}">${lines.join("\n")}</testsuite></testsuites>`;
}

async function writeRun(): Promise<void> {
  const junit = renderJunit();
  const item = await readResultFile({ format: "junit", name: "results/global/junit_01.xml", body: Readable.from([Buffer.from(junit)]) });
  const tree = renderResultTree(buildResultTree({ plugin: "e2e", driver: "Job", nodes: [{ node: "global", files: [item] }] }));
  await writeTarball(folder, "run.tar.gz", [
    [tarballPaths.info, '{"plugins":["e2e"]}'],
    [`${tarballPaths.results("e2e", "global")}/junit_01.xml`, junit],
    [tarballPaths.resultTree("e2e"), tree],
  ]);
}

function time(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${String(stderr)}`);
  return performance.now() - start;
}

const programs = { empty: ["-e", "0"], help: [cli, "--help"], runHelp: [cli, "run", "--help"], results: [cli, "results", tarball] } as const;
const taken: { readonly [name in keyof typeof programs]: number[] } = { empty: [], help: [], runHelp: [], results: [] };
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

try {
  await writeRun();
  // One after the other within each round, so that whatever else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1) for (const name of ["empty", "help", "runHelp", "results"] as const) taken[name].push(time(programs[name]));
  const [empty, help, runHelp, results] = [median(taken.empty), median(taken.help), median(taken.runHelp), median(taken.results)];
  console.log(`an empty program of Node.js    ${empty.toFixed(0)} ms`);
  console.log(`asdic --help                   ${help.toFixed(0)} ms, ${(help / empty).toFixed(2)} times that (at most 2.5)`);
  console.log(`asdic run --help               ${runHelp.toFixed(0)} ms, ${(runHelp / empty).toFixed(2)} times`);
  console.log(`asdic results of ${cases} cases   ${results.toFixed(0)} ms, ${((results - help) / 1000).toFixed(2)} s above --help (at most 1 s)`);
} finally {
  rmSync(folder, { recursive: true });
}
