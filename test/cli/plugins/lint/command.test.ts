import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pluginsCommand } from "../../../../cli/commands/plugins.ts";
import { runCommand } from "../../results-report/run-command.ts";

const cwd = await mkdtemp(join(tmpdir(), "asdic-lint-"));
after(() => rm(cwd, { recursive: true }));
const clean =
  "apiVersion: asdic/v1\nsonobuoy-config: {driver: Job, plugin-name: a, description: d}\nspec: {image: x:1, resources: {requests: {cpu: 1, memory: 1Mi}}, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}\n";
const files = {
  "clean.yaml": clean,
  "warned.yaml": clean.replace("plugin-name: a", "plugin-name: b").replace("x:1", "x"),
  "broken.yaml": clean.replace("Job", "Cron").replace("plugin-name: a", "plugin-name: e"),
  "set/one.yaml": clean.replace("plugin-name: a", "plugin-name: c"),
  "set/two.yml": clean.replace("plugin-name: a", "plugin-name: d"),
  "set/notes.txt": "no plugin",
  "empty/notes.txt": "no plugin",
  "steering\u001B[2J.yaml": clean.replace("driver: Job", '"\\e[31m": 1, driver: Job'),
};
for (const [path, text] of Object.entries(files)) {
  await mkdir(join(cwd, path, ".."), { recursive: true });
  await writeFile(join(cwd, path), text);
}
const lint = (args: readonly string[], input = "") => runCommand(pluginsCommand, ["lint", ...args], { cwd, input });

const cases: readonly { readonly args: readonly string[]; readonly code: number; readonly last: string; readonly input?: string }[] = [
  { args: ["clean.yaml"], code: 0, last: "0 errors, 0 warnings, 0 notes in 1 file." },
  { args: ["warned.yaml"], code: 0, last: "0 errors, 1 warning, 0 notes in 1 file." },
  { args: ["warned.yaml", "--strict"], code: 2, last: "0 errors, 1 warning, 0 notes in 1 file." },
  { args: ["clean.yaml", "--strict"], code: 0, last: "0 errors, 0 warnings, 0 notes in 1 file." },
  { args: ["clean.yaml", "broken.yaml", "warned.yaml"], code: 2, last: "1 error, 1 warning, 0 notes in 3 files." },
  { args: ["set"], code: 0, last: "0 errors, 0 warnings, 0 notes in 2 files." },
  { args: ["empty", "missing.yaml"], code: 2, last: "2 errors, 0 warnings, 0 notes in 2 files." },
  { args: ["-"], code: 0, last: "0 errors, 0 warnings, 0 notes in 1 file.", input: clean },
  { args: ["-"], code: 2, last: "1 error, 0 warnings, 0 notes in 1 file.", input: "" },
];
for (const { args, code, last, input } of cases)
  test(`lint ${args.join(" ")} ends with ${code}: ${last}`, async () => {
    const { out, exitCode } = await lint(args, input);
    assert.deepEqual([exitCode, out.trimEnd().split("\n").at(-1)], [code, last]);
  });

test("what can't be read is said of each file, by its name", async () => {
  const { out } = await lint(["empty", "missing.yaml", "-"]);
  assert.deepEqual(
    out.split("\n").filter((line) => line.includes("error:")),
    [
      "empty: error: is a folder without .yaml or .yml files [unreadable]",
      "missing.yaml: error: can't be read: there is no such file [unreadable]",
      "standard input: error: is empty, so it is no plugin [unreadable]",
    ],
  );
});

test("findings are data too", async () => {
  const { out, exitCode } = await lint(["broken.yaml", "warned.yaml", "--json"]);
  assert.equal(exitCode, 2);
  assert.deepEqual(JSON.parse(out), {
    files: 2,
    errors: 1,
    warnings: 1,
    notes: 0,
    findings: [
      {
        code: "invalid-field",
        severity: "error",
        source: "broken.yaml",
        line: 2,
        column: 19,
        path: "sonobuoy-config.driver",
        message: "must be Job or DaemonSet",
        remedy: "Correct it; `asdic plugins schema` says what each field takes.",
      },
      {
        code: "image-tag-missing",
        severity: "warning",
        source: "warned.yaml",
        line: 3,
        column: 8,
        path: "spec.image",
        message: "has no tag, which means latest, so that two runs may run two different programs",
        remedy: "Name a version, or a digest.",
      },
    ],
  });
});

test("neither a file's name nor what is in it steers the terminal", async () => {
  const { out } = await lint(["steering\u001B[2J.yaml"]);
  assert.ok(!out.includes("\u001B"));
  assert.match(out, /^steering\\u\{1b\}\[2J\.yaml:2:19: error: sonobuoy-config\.\\u\{1b\}\[31m: is no field of asdic\/v1 /);
});
