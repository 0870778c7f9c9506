import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Prints the figures that README names. Those of a run need a cluster (KUBECONFIG, and the image as test/e2e has it). */
const programs = [
  "start-up.ts",
  "run-time.ts",
  "aggregator-memory.ts",
  "worker-memory.ts",
  "archive.ts",
  "uploads.ts",
  "retrieve.ts",
  "snapshot.ts",
  "redaction.ts",
  "redaction-unseen.ts",
  "redaction-foreign.ts",
  "reports.ts",
  "page.ts",
];

for (const program of programs) {
  console.log(`\n${program}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, program)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
