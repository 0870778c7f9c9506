import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { kinds } from "../../scripts/kinds.ts";
import { addMember } from "../../scripts/new.ts";

const root = join(import.meta.dirname, "../..");
const sources = ["package.json", "tsconfig.json", ".oxlintrc.json", "aggregator", "cli", "core", "plugins", "reports", "scripts", "test", "worker"];

const copy = await mkdtemp(join(tmpdir(), "asdic-new-"));
after(() => rm(copy, { recursive: true }));
for (const name of sources) await cp(join(root, name), join(copy, name), { recursive: true, filter: (path) => !/test\/(?:fixtures|golden)\//.test(path) });
await symlink(join(root, "node_modules"), join(copy, "node_modules"));

const touched: string[] = [];

for (const [kindName, kind] of Object.entries(kinds))
  test(`a new ${kindName} is written and made known, and an old one is never overwritten`, async () => {
    const files = addMember({ kind, name: "brand-new", root: copy });
    touched.push(...files);
    for (const file of files) assert.match(await readFile(join(copy, file), "utf8"), /brand-?new/i, file);
    for (const { file } of kind.lines) assert.ok(files.includes(file));
    assert.throws(() => addMember({ kind, name: "brand-new", root: copy }), /is there already/);
  });

test("what was written has the right types", async () => {
  const { exitCode, output } = await run("tsc", ["--project", "."]);
  assert.ok(exitCode === 0 || output.includes("error TS"), output);
  // A line without a file says that nothing was checked.
  assert.deepEqual(linesAbout(output, [...touched, "error"]), []);
});

test("what was written has no findings of the linter", async () => {
  const { exitCode, output } = await run("oxlint", ["--format", "unix", ...touched.filter((path) => path.endsWith(".ts"))]);
  assert.equal(exitCode, 0, output);
});

test("the tests that were written pass", async () => {
  const tests = touched.filter((path) => path.endsWith(".test.ts"));
  const { exitCode, output } = await run("node", ["--test", ...tests]);
  assert.equal(exitCode, 0, output);
  assert.ok(tests.length > 0);
});

const linesAbout = (output: string, files: readonly string[]): readonly string[] =>
  output.split("\n").filter((line) => files.some((file) => line.startsWith(file)));

async function run(program: string, args: readonly string[]): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  // With it, a test runner in a test would not run anything.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(join(root, "node_modules/.bin", program), args, { cwd: copy, env, stdio: ["ignore", "pipe", "inherit"] });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { exitCode, output };
}
