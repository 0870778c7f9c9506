import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { openEmbedded } from "../../cli/embedded/open-embedded.ts";

/** Runs the end-to-end tests (all, or the files named) on an embedded cluster instead of a real one; those that need a kernel of each node say so and are skipped. */
const root = join(import.meta.dirname, "../..");
const build = spawn(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
const [built] = await once(build, "close");
if (built !== 0) throw new Error("npm run build failed");

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());
const cluster = await openEmbedded({ cwd: root, signal: interruption.signal }, {});
const runTests = async (concurrency: number, files: readonly string[]): Promise<number> => {
  const tests = spawn(process.execPath, ["--test", `--test-concurrency=${concurrency}`, "--test-timeout=600000", ...files], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, KUBECONFIG: cluster.kubeconfigFile, ASDIC_E2E_CLUSTER: "embedded" },
    signal: interruption.signal,
  });
  const [code] = await once(tests, "close");
  return code ?? 1;
};
const named = process.argv.slice(2);
try {
  process.exitCode =
    named.length > 0 ? await runTests(4, named) : (await runTests(4, ["test/e2e/*.test.ts"])) || (await runTests(1, ["test/e2e/serial/*.test.ts"]));
} finally {
  await cluster.close();
}
