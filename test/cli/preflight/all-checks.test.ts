import assert from "node:assert/strict";
import { test } from "node:test";
import { allChecks } from "../../../cli/preflight/all-checks.ts";
import { runCli } from "../../faults/run-cli.ts";

test("every check can be told apart, and has its line in the help", async () => {
  const codes = allChecks.map(({ code }) => code);
  const names = [...codes, ...allChecks.flatMap(({ sonobuoyName = [] }) => sonobuoyName)];
  assert.deepEqual([...new Set(names)], names);
  const { stdout } = await runCli(["preflight", "--help"], { kubeconfig: "", cwd: "/", signal: new AbortController().signal });
  const [, listed = ""] = /\nChecks:\n((?: {2}.*\n)+)/.exec(stdout) ?? [];
  assert.deepEqual(
    [...listed.matchAll(/^ {2}(\S+)/gm)].map(([, code]) => code),
    codes,
  );
});
