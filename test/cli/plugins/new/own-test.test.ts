import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { compiled, makePlace, root, runCli, type Place } from "../../embedded/start-cli.ts";

/** Runs a new plugin's own test, as its maker would. */
const runTest = (place: Place, folder: string): Promise<{ readonly code: unknown; readonly said: string }> =>
  new Promise((resolve) => {
    const command = `${process.execPath} ${join(root, "cli/main.ts")}`;
    const environment = { PATH: process.env["PATH"], NODE_COMPILE_CACHE: compiled, HOME: place.cwd, TMPDIR: place.temporary, ASDIC: command };
    execFile(process.execPath, [join(folder, "test.mjs")], { cwd: place.cwd, env: environment }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, said: stdout + stderr }),
    );
  });

async function makePlugin(context: TestContext, args: readonly string[]): Promise<Place & { readonly folder: string }> {
  const place = makePlace(context);
  const made = await runCli(context, ["plugins", "new", "mine", ...args], place);
  assert.equal(made.code, 0, made.stderr);
  return { ...place, folder: join(place.cwd, "mine") };
}

describe("a new plugin's own test", { concurrency: 2 }, () => {
  for (const { args, tests } of [
    { args: [], tests: 1 },
    { args: ["--type", "DaemonSet", "--api"], tests: 6 },
  ])
    it(`passes as it was made with ${args.join(" ") || "nothing but a name"}`, async (context) => {
      const { folder, ...place } = await makePlugin(context, args);
      const { code, said } = await runTest(place, folder);
      assert.equal(code, 0, said);
      assert.match(said, new RegExp(`\\nmine +passed +passed ${tests}\\n`));
    });

  it("fails when a check of its script does", async (context) => {
    const { folder, ...place } = await makePlugin(context, []);
    const script = readFileSync(join(folder, "run.sh"), "utf8");
    writeFileSync(join(folder, "run.sh"), script.replace('check "memory is free" memory_is_free', 'check "a < b" sh -c "echo it & is not >&2; exit 3"'));
    const { code, said } = await runTest(place, folder);
    assert.equal(code, 1, said);
    assert.match(said, /mine +failed +failed 1[^]*the run did not pass/);
  });
});
