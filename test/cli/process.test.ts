import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import packageFile from "../../package.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");
const environment = { ...process.env, KUBECONFIG: join(root, "no-such-kubeconfig"), KUBERNETES_SERVICE_HOST: "", NO_COLOR: "1" };
const run = (args: readonly string[], options: { readonly entry?: string; readonly flags?: readonly string[] } = {}) =>
  spawnSync(process.execPath, [...(options.flags ?? []), join(root, options.entry ?? "cli/main.ts"), ...args], { encoding: "utf8", env: environment });

const exits: readonly { readonly args: readonly string[]; readonly code: number; readonly says: RegExp }[] = [
  { args: ["--help"], code: 0, says: /^$/ },
  { args: ["run", "--help"], code: 0, says: /^$/ },
  { args: [], code: 2, says: /Usage: asdic/ },
  { args: ["no-such-command"], code: 2, says: /no-such-command: is no command of `asdic`/ },
  { args: ["run", "--no-such-flag"], code: 2, says: /--no-such-flag: is no option of `asdic run`[^]*--help/ },
  { args: ["run", "--permissions", "all"], code: 2, says: /none, read, admin/ },
  { args: ["run", "--timeout", "soon"], code: 2, says: /^error: --timeout soon: is no duration\./ },
  { args: ["run", "-p", "no-such-plugin"], code: 2, says: /no-such-plugin: is neither a built-in plugin/ },
  { args: ["status"], code: 2, says: /^error: No kubeconfig was found/ },
];
for (const { args, code, says } of exits)
  test(`asdic ${args.join(" ")} exits with ${code}`, () => {
    const { status, stderr } = run(args);
    assert.equal(status, code);
    assert.match(stderr, says);
  });

test("version tells of itself without a cluster, and why there is none", () => {
  const { status, stdout } = run(["version", "--json"]);
  assert.equal(status, 0);
  const facts = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual([facts["version"], facts["wireVersion"], facts["node"]], [packageFile.version, "1.0", process.version]);
  assert.match(String(facts["serverProblem"]), /No kubeconfig was found/);
});

test("the launcher starts the same program", () => {
  assert.equal(run(["plugins", "list"], { entry: "cli/asdic.mjs" }).stdout, run(["plugins", "list"]).stdout);
  assert.equal(run(["run", "--no-such-flag"], { entry: "cli/asdic.mjs" }).status, 2);
});

for (const args of [["--help"], ["run", "--help"], ["results", "--help"]])
  test(`asdic ${args.join(" ")} loads commander and no other package`, () => {
    const { stderr } = run(args, { flags: ["--import", join(import.meta.dirname, "package-log.ts")] });
    assert.equal(stderr, "packages: @commander-js/extra-typings commander\n");
  });

test("a reader that closes the pipe early ends it quietly", async () => {
  const child = spawn(process.execPath, [join(root, "cli/main.ts"), "plugins", "show", "conformance"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const [said, [code, signal]] = await Promise.all([text(child.stderr), once(child, "close") as Promise<[number | null, string | null]>]);
  assert.deepEqual([said, code, signal], ["", 0, null]);
});
