import { resolve } from "node:path";
import { isKnownError, KnownError } from "../../../core/contract/known-error.ts";
import type { Run } from "../../../reports/run.ts";
import { flattenTree } from "../../../reports/flatten-tree.ts";
import { readRun } from "../../../reports/read-run.ts";
import { suiteNames } from "../options/conformance.ts";

/**
 * Names of the conformance tests that failed in a run's tarball or unpacked folder, asdic's or Sonobuoy's, as the suite knows them. KnownError when there
 * are none, or the suite hasn't run there.
 */
export async function readFailedTests(file: string, cwd: string): Promise<readonly string[]> {
  const where = `--rerun-failed ${file}`;
  const run = await readNamedRun(resolve(cwd, file), where);
  const suites = run.plugins.filter(({ name }) => suiteNames.includes(name));
  if (suites.length === 0) throw new KnownError("invalid-file", `${where}: the conformance suite didn't run there.`, { hint: namePlugins(run) });
  const failed = suites.flatMap((suite) => flattenTree(suite).failed.filter(({ kind }) => kind === "test"));
  const names = [...new Set(failed.map(({ name }) => name.replace(/^\[It\] /, "")))];
  const tests = names.filter((name) => !isSetUp.test(name));
  if (tests.length > 0) return tests;
  const [frame] = names;
  if (frame !== undefined)
    throw new KnownError("invalid-file", `${where}: no test failed there, but the suite's own ${frame}, which is part of every run.`, {
      hint: "Run the tests of then again: with the same --mode, or --e2e-focus and --e2e-skip.",
    });
  throw new KnownError("invalid-file", `${where}: no test of the conformance suite failed there.`, { hint: `\`asdic results ${file}\` shows what did.` });
}

/** The error says as what the file was named. */
async function readNamedRun(path: string, where: string): Promise<Run> {
  return readRun({ asItIs: path }).catch((error: unknown) => {
    if (!isKnownError(error)) throw error;
    throw new KnownError(error.code, error.message.replace(path, where), { cause: error, ...(error.hint !== undefined && { hint: error.hint }) });
  });
}

/** What ginkgo reports beside tests, and can't be chosen. */
const isSetUp = /^\[(?:(?:Synchronized|Report)?(?:Before|After)Suite|DeferCleanup\b[^\]]*)\]/;

const namePlugins = ({ plugins }: Run): string =>
  plugins.length === 0
    ? "Nothing did."
    : `Its plugins: ${plugins
        .slice(0, 20)
        .map(({ name }) => name)
        .join(", ")}.`;
