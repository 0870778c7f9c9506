import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openEmbedded } from "../../cli/embedded/open-embedded.ts";

/**
 * Runs the end-to-end tests (all, or the files named) on embedded clusters instead of a real one; those that need a kernel of each node say so and are skipped.
 * Files of serial/, which break a whole cluster or look at all of it, have one of their own each, and so need not wait for the others.
 */
const root = join(import.meta.dirname, "../..");
const build = spawn(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
const [built] = await once(build, "close");
if (built !== 0) throw new Error("npm run build failed");

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());

async function runTests(concurrency: number, files: readonly string[]): Promise<void> {
  const cluster = await openEmbedded({ cwd: root, signal: interruption.signal }, {});
  try {
    const tests = spawn(process.execPath, ["--test", `--test-concurrency=${concurrency}`, "--test-timeout=600000", ...files], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, KUBECONFIG: cluster.kubeconfigFile, ASDIC_E2E_CLUSTER: "embedded" },
      signal: interruption.signal,
    });
    const [code] = await once(tests, "close");
    if (code !== 0) process.exitCode = 1;
  } finally {
    await cluster.close();
  }
}

const listTests = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name}`);

const named = process.argv.slice(2);
const files = named.length > 0 ? named : [...listTests("test/e2e"), ...listTests("test/e2e/serial")];
const isSerial = (file: string): boolean => file.includes("e2e/serial/");
const together = files.filter((file) => !isSerial(file));
await Promise.all([
  together.length > 0 ? runTests(4, together) : undefined,
  (async () => {
    for (const file of files.filter(isSerial)) await runTests(1, [file]);
  })(),
]);
