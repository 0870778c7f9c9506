import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { completeWords } from "../../../cli/completion/complete-words.ts";
import { completionScripts, type Shell } from "../../../cli/completion/scripts.ts";
import { renderSafeText } from "../../../cli/terminal/safe-text.ts";
import { wholeProgram } from "../whole-program.ts";

const root = join(import.meta.dirname, "../../..");
const folder = await mkdtemp(join(tmpdir(), "asdic-completion-"));
after(() => rm(folder, { recursive: true }));
const here = join(folder, "here");
await mkdir(join(here, "plug ins"), { recursive: true });
await writeFile(join(here, "run.tar.gz"), "");
await writeFile(join(here, "it's $(touch hit).yaml"), "");
const kubeconfig = join(folder, "kubeconfig");
await writeFile(
  kubeconfig,
  JSON.stringify({
    contexts: [{ name: "prod" }, { name: "$(touch hit)" }, { name: "arn:aws:eks:eu:1:cluster/prod" }],
    clusters: [{ name: "near" }],
    users: [],
  }),
);
await mkdir(join(folder, "bin"));
await writeFile(join(folder, "bin/asdic"), `#!/bin/sh\nexec '${process.execPath}' '${join(root, "cli/main.ts")}' "$@"\n`);
await chmod(join(folder, "bin/asdic"), 0o755);
const environment = { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, KUBECONFIG: kubeconfig, HOME: folder };

const program = wholeProgram();

/** What is offered for words as a shell passes them; with `gone` left out, nothing is said about what is not. */
type Case = {
  readonly words: readonly string[];
  readonly shell?: Shell;
  readonly offers: readonly string[];
  readonly gone?: readonly string[];
  readonly files?: string;
};
const cases: readonly Case[] = [
  { words: [""], offers: ["run", "status", "completion", "delete"], gone: ["--quiet"] },
  { words: ["st"], offers: ["status"], gone: ["run"] },
  { words: ["status", "--"], offers: ["--plugin", "--watch", "--as-group", "--quiet", "--help"] },
  { words: ["status", ""], offers: ["--watch"] },
  { words: ["plugins", ""], offers: ["list", "show"] },
  { words: ["plugins", "show", "s"], offers: ["smoke"], files: "files" },
  { words: ["run", "-p", "smoke", "-p", "node"], offers: ["node-facts"], files: "files" },
  { words: ["run", "-p", "smoke", "node"], offers: ["node-facts"], files: "files" },
  { words: ["logs", "-p", ""], offers: ["smoke"], files: "-" },
  { words: ["run", "--permissions", ""], offers: ["none", "read", "admin"], gone: ["--wait"] },
  { words: ["run", "--permissions=r"], shell: "zsh", offers: ["--permissions=read"], gone: ["--permissions=none"] },
  { words: ["run", "--permissions", "=", "r"], offers: ["read"], gone: ["none"] },
  { words: ["run", "--permissions", "="], offers: ["read", "none"] },
  { words: ["report", "-f", "h", "--", ""], offers: [], files: "files" },
  { words: ["report", "-fh"], offers: ["-fhtml"] },
  { words: ["get", "po"], offers: ["pods", "poddisruptionbudgets.policy"], gone: ["services"], files: "-" },
  { words: ["get", "pods", "-o", ""], offers: ["wide", "yaml"] },
  { words: ["get", "pods", "-f", ""], offers: [], files: "files" },
  { words: ["logs", "-F", ""], offers: [], files: "files" },
  { words: ["snapshot", "--log-previous", ""], offers: ["restarted", "none", "only"] },
  { words: ["report", ""], offers: [], files: "files" },
  { words: ["report", "run.tar.gz", "--fo"], offers: ["--format"] },
  { words: ["results", "--fail-on", "sev"], offers: ["severity=high"], gone: ["new"] },
  { words: ["diff", ""], offers: [], files: "files" },
  { words: ["diff", "a.tar.gz", "b.tar.gz", "--fail-on", ""], offers: ["new", "worse", "fail"], files: "-" },
  { words: ["diff", "a.tar.gz", "b.tar.gz", "-f", "m"], offers: ["markdown"] },
  { words: ["waive", "node-lost", "-f", ""], offers: [], files: "files" },
  { words: ["run", "--waivers", ""], offers: [], files: "files" },
  { words: ["retrieve", "--output", ""], offers: [], files: "files" },
  { words: ["wait", "--for", "f"], offers: ["first-failure"] },
  { words: ["wait", "--for", "plugin", "="], offers: [], files: "-" },
  { words: ["schema", "st"], offers: ["status", "status-all"], gone: ["version"] },
  { words: ["completion", ""], offers: ["bash", "zsh", "fish"], gone: ["--words"] },
  { words: ["status", "--context", ""], offers: ["prod", "arn:aws:eks:eu:1:cluster/prod"], gone: ["$(touch hit)"] },
  { words: ["status", "--context", "arn", ":", "aws", ":"], offers: ["eks:eu:1:cluster/prod"] },
  { words: ["status", "--kubeconfig", join(folder, "none"), "--context", ""], offers: [], gone: ["prod"] },
  { words: ["status", "--cluster", "n"], offers: ["near"] },
  { words: ["no-such-command", ""], offers: [] },
  { words: ["status", "--no-such-flag", "\u001b[2J"], offers: [] },
  { words: [], offers: ["run"] },
];
for (const { words, shell = "bash", offers, gone = [], files = "-" } of cases)
  test(`${shell}: asdic ${words.map((word) => JSON.stringify(word)).join(" ")} offers ${offers.join(", ") || files}`, async () => {
    const [first, ...lines] = (await completeWords(program, { shell, words, environment })).trimEnd().split("\n");
    const values = lines.map((line) => line.split("\t")[0] ?? "");
    assert.equal(first, files);
    assert.deepEqual(
      offers.filter((value) => !values.includes(value)),
      [],
      `of ${values.join(" ")}`,
    );
    assert.deepEqual(
      gone.filter((value) => values.includes(value)),
      [],
    );
    assert.deepEqual(lines.map(renderSafeText), lines);
  });

/** Runs a shell on a script of its own; undefined where it is not installed. */
function runShell(shell: Shell, args: readonly string[]): string | undefined {
  const { stdout, stderr, error } = spawnSync(shell, args, { cwd: here, env: environment, encoding: "utf8", timeout: 60_000 });
  if (error && "code" in error && error.code === "ENOENT") return undefined;
  assert.equal(stderr, "");
  return stdout;
}

/** Completes as readline would: its words, of which the last is being typed. */
const inBash = (words: readonly string[]): readonly string[] | undefined => {
  const script = `source <(asdic completion bash)
complete -p asdic >/dev/null || exit 1
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_asdic 2>&1
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return runShell("bash", ["--norc", "-c", script, "bash", "asdic", ...words])
    ?.split("\n")
    .filter(Boolean);
};
const lines: readonly (readonly [words: readonly string[], expected: readonly string[]])[] = [
  [["stat"], ["status"]],
  [["run", "--permissions", "=", "a"], ["admin"]],
  [
    ["report", "--format", "j"],
    ["json", "junit"],
  ],
  [["report", "run"], ["run.tar.gz"]],
  [["run", "-p", "it"], ["it's $(touch hit).yaml"]],
  [["plugins", "show", "plug"], ["plug ins"]],
  [["status", "--context", "p"], ["prod"]],
  [["schema", "v"], ["version"]],
];
for (const [words, expected] of lines)
  test(`bash completes asdic ${words.join(" ")}`, (context) => {
    const values = inBash(words);
    if (values === undefined) return context.skip("bash is not installed");
    assert.deepEqual(values, expected);
    assert.equal(spawnSync("ls", [join(here, "hit")]).status === 0, false);
  });

for (const [shell, args] of [
  ["zsh", ["-f", "-n", "-c"]],
  ["fish", ["--no-config", "--no-execute", "-c"]],
  ["bash", ["-n", "-c"]],
] as const)
  test(`the script for ${shell} is one that ${shell} can read`, (context) => {
    const stdout = runShell(shell, [...args, completionScripts[shell]]);
    if (stdout === undefined) return context.skip(`${shell} is not installed`);
    assert.equal(stdout, "");
  });

test("fish completes a line by the script", (context) => {
  const stdout = runShell("fish", ["--no-config", "-c", 'asdic completion fish | source; complete -C "asdic stat"']);
  if (stdout === undefined) return context.skip("fish is not installed");
  assert.match(stdout, /^status\t/);
});
