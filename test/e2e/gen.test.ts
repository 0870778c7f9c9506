import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { before, describe, it } from "node:test";
import { asdic, cli, image, kubectl, pluginFile, readTarball, renderListing, runToEnd, usePlace } from "./asdic.ts";
import type { Ended } from "./asdic.ts";

const plugins = ["-p", "node-facts", "-p", "smoke", "-p", pluginFile("sidecar")];
const gen = (namespace: string): ReturnType<typeof asdic> => asdic(["gen", "-n", namespace, ...plugins]);

/** Two manifests of the same wish. Other tests make and delete kinds, and the roles name every kind there is: a pair between which that happened is made again. */
async function genTwice(namespace: string, tries = 5): Promise<readonly Ended[]> {
  const pair = await Promise.all([gen(namespace), gen(namespace)]);
  return tries === 1 || pair[0].stdout === pair[1].stdout ? pair : genTwice(namespace, tries - 1);
}

/** `asdic run -f -` with a manifest at its standard input. */
async function runFromInput(file: string, args: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(process.execPath, [cli, "run", "-f", "-", ...args], {
    env: { ...process.env, ASDIC_IMAGE: image, NO_COLOR: "1" },
    timeout: 600_000,
  });
  createReadStream(file).pipe(child.stdin);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, said: stdout + stderr };
}

describe("asdic gen", () => {
  const [direct, applied, taken] = [usePlace("gen-run"), usePlace("gen-applied"), usePlace("gen-taken")];
  let expected: string;
  before(async () => {
    const { files } = await runToEnd(direct, plugins);
    expected = renderListing(files.keys(), direct.namespace);
  });

  it("prints what kubectl applies, twice if need be, and what wait and retrieve bring home is what run --wait does", async () => {
    const { namespace, folder, tarball } = applied;
    const [manifest, same] = await genTwice(namespace);
    assert.ok(manifest && same);
    assert.equal(manifest.code, 0, manifest.stderr);
    assert.equal(same.stdout, manifest.stdout, "the same wish is another manifest");
    const file = join(folder, "run.yaml");
    await writeFile(file, manifest.stdout);
    await kubectl("apply", "-f", file);
    const waited = await asdic(["wait", "-n", namespace]);
    assert.equal(waited.code, 0, waited.stdout + waited.stderr);
    const again = await kubectl("apply", "-f", file);
    assert.doesNotMatch(again, / (?:configured|created)$/m);
    const status = await asdic(["status", "-n", namespace, "--show-all"]);
    assert.equal(status.code, 0, status.stderr);
    const retrieved = await asdic(["retrieve", "-n", namespace, "-o", tarball]);
    assert.equal(retrieved.code, 0, retrieved.stderr);
    assert.equal(renderListing((await readTarball(tarball)).keys(), namespace), expected);
  });

  it("prints what run -f - makes the same run of, which delete removes", async () => {
    const { namespace, folder, tarball } = taken;
    const file = join(folder, "run.yaml");
    await writeFile(file, (await gen(namespace)).stdout);
    const { code, said } = await runFromInput(file, ["--wait", "-o", tarball]);
    assert.equal(code, 0, said);
    assert.equal(renderListing((await readTarball(tarball)).keys(), namespace), expected);
    const second = await asdic(["run", "-f", file]);
    assert.equal(second.code, 2);
    assert.match(second.stderr, new RegExp(`asdic delete .*${namespace}`));
  });

  it("does not claim a namespace that no run has made", async () => {
    const namespace = "e2e-gen-foreign";
    await kubectl("create", "namespace", namespace);
    try {
      const { stdout, stderr } = await gen(namespace);
      assert.doesNotMatch(stdout, /^kind: Namespace$/m);
      assert.match(stderr, /^note: The namespace e2e-gen-foreign is there and no run made it, so it is left out of the manifest\.$/m);
    } finally {
      await kubectl("delete", "namespace", namespace, "--wait=false");
    }
  });

  it("leaves nothing behind that delete doesn't find, though no Namespace owns what kubectl has applied", async () => {
    const { namespace } = applied;
    const list = () => kubectl("get", "clusterrole,clusterrolebinding", "-l", `asdic.dev/namespace=${namespace}`, "-o", "name");
    assert.notEqual(await list(), "");
    const removed = await asdic(["delete", "--wait", "-n", namespace]);
    assert.equal(removed.code, 0, removed.stderr);
    assert.equal(await list(), "");
    assert.equal(await kubectl("get", "namespace", namespace, "--ignore-not-found", "-o", "name"), "");
  });
});
