import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { access, constants, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pluginsCommand } from "../../../../cli/commands/plugins.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { assertGolden } from "../../../golden.ts";
import { runCommand } from "../../results-report/run-command.ts";

const cwd = await mkdtemp(join(tmpdir(), "asdic-new-"));
after(() => rm(cwd, { recursive: true }));
await mkdir(join(cwd, "empty"));
await mkdir(join(cwd, "full"));
await writeFile(join(cwd, "full/keep.txt"), "mine");
await writeFile(join(cwd, "file"), "mine");
const plugins = (args: readonly string[]) => runCommand(pluginsCommand, args, { cwd });

const kinds: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: "a-job", args: [] },
  { name: "a-daemon-set", args: ["--type", "DaemonSet"] },
  { name: "an-asker", args: ["--api", "--image", "registry.asdic.test/asker:v2"] },
];
for (const { name, args } of kinds)
  test(`new ${name} ${args.join(" ")} makes a folder without fault`, async () => {
    const { out } = await plugins(["new", name, ...args]);
    assert.match(out, new RegExp(`^Made ${name} with plugin\\.yaml, run\\.sh, Dockerfile, test\\.mjs, README\\.md, plugin\\.schema\\.json\\.\n`));
    const linted = await plugins(["lint", "--strict", name]);
    assert.deepEqual([linted.exitCode, linted.out], [0, "0 errors, 0 warnings, 0 notes in 1 file.\n"]);
    for (const program of ["run.sh", "test.mjs"]) await access(join(cwd, name, program), constants.X_OK);
    for (const file of ["plugin.yaml", "run.sh", "Dockerfile", "test.mjs", "README.md"])
      assertGolden(`cli/plugins/new/${name}/${file}.txt`, await readFile(join(cwd, name, file), "utf8"));
    assert.equal(await readFile(join(cwd, name, "plugin.schema.json"), "utf8"), (await plugins(["schema"])).out);
  });

test("the script writes what its checks say as XML, whatever they say, and then the done file", async () => {
  await plugins(["new", "shown"]);
  const folder = join(cwd, "shown");
  const script = await readFile(join(folder, "run.sh"), "utf8");
  await writeFile(join(folder, "run.sh"), script.replace('check "memory is free" memory_is_free', `check 'a < "b"' sh -c 'printf "1 < 2 & \\033[2J"; exit 3'`));
  execFileSync("sh", [join(folder, "run.sh")], { env: { ...process.env, SONOBUOY_RESULTS_DIR: folder } });
  assert.equal(await readFile(join(folder, "done"), "utf8"), join(folder, "report.xml"));
  assert.equal(
    await readFile(join(folder, "report.xml"), "utf8"),
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="shown" tests="1" failures="1"><testcase name="a &lt; &quot;b&quot;"><failure message="failed">1 &lt; 2 &amp; [2J</failure></testcase></testsuite>\n',
  );
});

test("-o names the folder, which may be there if it is empty", async () => {
  await plugins(["new", "one", "-o", "empty"]);
  await plugins(["new", "one", "-o", "not/there/yet"]);
  assert.deepEqual(await readdir(join(cwd, "empty")), await readdir(join(cwd, "not/there/yet")));
});

const refused: readonly { readonly what: string; readonly args: readonly string[]; readonly says: RegExp }[] = [
  { what: "a folder that isn't empty", args: ["one", "-o", "full"], says: /full is not empty/ },
  { what: "a file", args: ["one", "-o", "file"], says: /file is no folder that can be read/ },
  { what: "a folder below a file", args: ["one", "-o", "file/below"], says: /file\/below is no folder/ },
  { what: "a name that leads elsewhere", args: ["../one"], says: /The name "\.\.\/one" must be lower-case/ },
  { what: "a built-in's name", args: ["smoke"], says: /The name "smoke" is that of a plugin that comes with asdic/ },
  { what: "a reserved name", args: ["asdic"], says: /The name "asdic" is reserved/ },
];
for (const { what, args, says } of refused)
  test(`new refuses ${what}, and writes nothing`, async () => {
    const before = await readdir(cwd, { recursive: true });
    await assert.rejects(plugins(["new", ...args]), (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message));
    assert.deepEqual(await readdir(cwd, { recursive: true }), before);
  });
