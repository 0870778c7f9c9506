import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { asdic, cli, image, pluginFile, usePlace } from "./asdic.ts";

describe("a person who leaves and comes back", () => {
  const place = usePlace("interrupt");

  it("Ctrl-C leaves the run going, says how to come back, and exits 130; wait and retrieve finish it", async () => {
    const child = spawn(process.execPath, [cli, "run", "--wait", "-n", place.namespace, "-p", pluginFile("jobs/done-again.yaml")], {
      cwd: place.folder,
      env: { ...process.env, ASDIC_IMAGE: image },
    });
    let shown = "";
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      if (/done-again.*running/i.test(shown)) child.kill("SIGINT");
    });
    const stderr = text(child.stderr);
    const [code] = await once(child, "close");
    assert.equal(code, 130, shown + (await stderr));
    assert.match(shown + (await stderr), new RegExp(`asdic wait .*${place.namespace}`));

    const early = await asdic(["retrieve", "-n", place.namespace, "-o", place.tarball]);
    assert.equal(early.code, 4, early.stderr);
    assert.equal(existsSync(place.tarball), false);

    assert.equal((await asdic(["wait", "-n", place.namespace])).code, 0);
    assert.equal((await asdic(["retrieve", "-n", place.namespace, "-o", place.tarball])).code, 0);
    assert.ok(existsSync(place.tarball));
  });
});

describe("a namespace without a run", () => {
  const place = usePlace("empty");
  for (const command of ["status", "wait", "retrieve"])
    it(`${command} says that there is no run and how to start one`, async () => {
      const { code, stderr } = await asdic([command, "-n", place.namespace], place.folder);
      assert.equal(code, 2);
      assert.match(stderr, /asdic run/);
    });
  it("delete has nothing to do and says so", async () => {
    const { code, stdout, stderr } = await asdic(["delete", "-n", place.namespace]);
    assert.equal(code, 0);
    assert.match(stdout + stderr, /nothing/i);
  });
});
