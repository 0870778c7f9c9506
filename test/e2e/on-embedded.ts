import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import pLimit from "p-limit";
import { openEmbedded } from "../../cli/embedded/open-embedded.ts";

/**
 * Runs the end-to-end tests (all, or the files named) on embedded clusters instead of a real one; those that need a kernel of each node say so and are skipped.
 * Files of timed/, which hold times, and of serial/, which break a whole cluster or look at all of it, have one of their own each, and so need not wait for the others.
 */
const root = join(import.meta.dirname, "../..");
const build = spawn(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
const [built] = await once(build, "close");
if (built !== 0) throw new Error("npm run build failed");

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());

async function runOnOneCluster(files: readonly string[]): Promise<void> {
  const cluster = await openEmbedded({ cwd: root, signal: interruption.signal }, {});
  try {
    const tests = spawn(process.execPath, ["--test", "--test-concurrency=4", "--test-timeout=600000", ...files], {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        KUBECONFIG: cluster.kubeconfigFile,
        ASDIC_E2E_CLUSTER: "embedded",
        // Hundreds of commands start, each of which would compile the bundle again.
        NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled"),
      },
      signal: interruption.signal,
    });
    const [code] = await once(tests, "close");
    if (code !== 0) process.exitCode = 1;
  } finally {
    await cluster.close();
  }
}

const named = process.argv.slice(2);
const listTests = (folder: string): readonly string[] =>
  named.length > 0
    ? named.filter((file) => join(file, "..") === folder)
    : readdirSync(join(root, folder))
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `${folder}/${name}`);

const together = listTests("test/e2e");
const twoAtOnce = pLimit(2);
await Promise.all([
  ...(together.length > 0 ? [runOnOneCluster(together)] : []),
  ...["test/e2e/timed", "test/e2e/serial"].flatMap(listTests).map((file) => twoAtOnce(() => runOnOneCluster([file]))),
]);
