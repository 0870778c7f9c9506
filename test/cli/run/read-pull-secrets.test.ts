import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readPullSecrets } from "../../../cli/run/read-pull-secrets.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const good = '{"auths":{"registry.asdic.test":{"auth":"dXNlcjpzZWNyZXQ="}}}';

async function readFrom(content: string | undefined): Promise<Awaited<ReturnType<typeof readPullSecrets>>> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-"));
  try {
    if (content !== undefined) await writeFile(join(folder, "config.json"), content);
    return await readPullSecrets([{ name: "there" }, { name: "made", file: "config.json" }], folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a Secret that the run makes has the file as it is; one that is there is not read", async () => {
  assert.deepEqual(await readFrom(good), [{ name: "made", dockerConfig: good }]);
});

const refused: readonly (readonly [what: string, content: string | undefined, says: RegExp])[] = [
  ["no file", undefined, /--image-pull-secret made=config\.json: there is no such file/],
  ["no JSON", "secret: yes", /has no credentials/],
  ["a config whose credentials are in a store", '{"auths":{"registry.asdic.test":{}},"credsStore":"desktop"}', /has no credentials.*podman login --authfile/s],
  ["a list", "[]", /has no credentials/],
  ["a file that no Secret can hold", " ".repeat(600 * 1024), /larger than 512 KiB/],
];
for (const [what, content, says] of refused)
  test(`${what} is refused, and nothing of it is shown`, async () => {
    await assert.rejects(
      readFrom(content),
      (error) => isKnownError(error) && error.exitCode === 2 && says.test(`${error.message} ${error.hint ?? ""}`) && !/secret: yes/.test(error.message),
    );
  });
