import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { keepTokenKey } from "../../../cli/retrieve/keep-token-key.ts";

test("the key lies beside the tarball, for its owner alone, in place of an earlier tarball's", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-key-"));
  context.after(() => rm(folder, { recursive: true }));
  const tarball = join(folder, "run.tar.gz");
  await writeFile(`${tarball}.key`, "of an earlier run\n", { mode: 0o644 });
  for (const key of ["ab".repeat(32), "ab".repeat(32), "cd".repeat(32)]) {
    assert.equal(await keepTokenKey(tarball, key), `${tarball}.key`);
    assert.equal(await readFile(`${tarball}.key`, "utf8"), `${key}\n`);
    assert.equal((await stat(`${tarball}.key`)).mode & 0o777, 0o600);
  }
  assert.deepEqual(await readdir(folder), ["run.tar.gz.key"]);
});

test("where it can't be written the error says what that costs", async () => {
  await assert.rejects(keepTokenKey("/nowhere/at/all/run.tar.gz", "ab".repeat(32)), { code: "invalid-file", hint: /whose the tokens are/ });
});
