import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readFailedTests } from "../../../../cli/run/conformance/read-failed-tests.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";

test("of Sonobuoy's tarball they are the tests that failed, each once, in its order", async () => {
  assert.deepEqual(await readFailedTests("sonobuoy-v0.53-4-failures.tar.gz", join(import.meta.dirname, "../../../fixtures/reports")), [
    "[sig-scheduling] SchedulerPreemption [Serial] validates basic preemption works [Conformance]",
    "[sig-apps] Daemon set [Serial] should rollback without unnecessary restarts [Conformance]",
    "[sig-scheduling] SchedulerPreemption [Serial] validates lower priority pod preemption by critical pod [Conformance]",
    "[sig-scheduling] SchedulerPredicates [Serial] validates resource limits of pods that are allowed to run  [Conformance]",
  ]);
});

/** A result tree as it lies in an unpacked tarball. */
const treeOf = (plugin: string, items: readonly { readonly name: string; readonly status: string; readonly file?: string }[]): string =>
  JSON.stringify({
    name: plugin,
    status: "failed",
    meta: { type: "summary" },
    items: [
      {
        name: "junit_01.xml",
        status: "failed",
        meta: { type: "file", file: "results/global/junit_01.xml" },
        items: [{ name: "suite", status: "failed", items: items.map(({ file, ...item }) => ({ ...item, ...(file !== undefined && { meta: { file } }) })) }],
      },
    ],
  });

async function withFolder<T>(files: Readonly<Record<string, string>>, use: (cwd: string) => Promise<T>): Promise<T> {
  const cwd = await mkdtemp(join(tmpdir(), "asdic-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, "run", name)), { recursive: true });
      await writeFile(join(cwd, "run", name), text);
    }
    return await use(cwd);
  } finally {
    await rm(cwd, { recursive: true });
  }
}

test("of an unpacked tarball too, without ginkgo's prefix, what timed out included, and without what is no test", async () => {
  const tree = treeOf("conformance", [
    { name: "[It] [sig-network] DNS should work [Conformance]", status: "failed" },
    { name: "[It] [sig-apps] Job should end [Conformance]", status: "timeout" },
    { name: "[It] [sig-apps] Job should begin [Conformance]", status: "passed" },
    { name: "[It] [sig-network] DNS should work [Conformance]", status: "failed" },
    { name: "[SynchronizedBeforeSuite]", status: "failed" },
    { name: "[DeferCleanup (Suite)]", status: "failed" },
    { name: "pods could not be made", status: "failed", file: "errors/global/error.json" },
  ]);
  const files = { "meta/info.json": '{"plugins":["conformance"]}', "plugins/conformance/sonobuoy_results.yaml": tree };
  assert.deepEqual(await withFolder(files, (cwd) => readFailedTests("run", cwd)), [
    "[sig-network] DNS should work [Conformance]",
    "[sig-apps] Job should end [Conformance]",
  ]);
});

const nothing: readonly (readonly [what: string, files: Readonly<Record<string, string>>, says: RegExp])[] = [
  [
    "nothing failed",
    { "plugins/e2e/sonobuoy_results.yaml": treeOf("e2e", [{ name: "a", status: "passed" }]) },
    /^--rerun-failed run: no test of the conformance suite failed/,
  ],
  [
    "the suite's own set-up failed",
    { "plugins/e2e/sonobuoy_results.yaml": treeOf("e2e", [{ name: "[BeforeSuite]", status: "failed" }]) },
    /the suite's own \[BeforeSuite\]/,
  ],
  [
    "the suite didn't run",
    { "plugins/smoke/sonobuoy_results.yaml": treeOf("smoke", [{ name: "a", status: "failed" }]) },
    /the conformance suite didn't run there/,
  ],
  ["there is no such tarball", {}, /run: there is no such file/],
];
for (const [what, files, says] of nothing)
  test(`where ${what}, an error says so`, async () => {
    await assert.rejects(
      withFolder(files, (cwd) => readFailedTests("run", cwd)),
      (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message) && error.hint !== undefined,
    );
  });
