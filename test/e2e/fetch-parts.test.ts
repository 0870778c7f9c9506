import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { before, describe, it } from "node:test";
import { asdic, cli, image, pluginFile, readTarball, usePlace } from "./asdic.ts";

describe("a tarball that is fetched in parts", () => {
  const place = usePlace("fetch-parts");
  const inRun = ["-n", place.namespace] as const;
  let files: Map<string, Buffer>;

  before(async () => {
    const run = await asdic([
      "run",
      "--wait",
      "--no-retrieve",
      ...inRun,
      "--max-nodes-at-once",
      "1",
      "-p",
      pluginFile("parts"),
      "-p",
      pluginFile("jobs/junit.yaml"),
    ]);
    assert.equal(run.code, 1, run.stdout + run.stderr);
    const [start, stderr] = startRetrieve();
    const partial = `${place.tarball}.partial`;
    while (start.exitCode === null && (statSync(partial, { throwIfNoEntry: false })?.size ?? 0) < 1_000_000) await sleep(5);
    start.kill("SIGINT");
    const [code] = await once(start, "close");
    assert.equal(code, 130, await stderr);
    assert.match(await stderr, /\d+ of \d+ bytes of .* have come and are kept\.\n.*asdic retrieve .*goes on from there/);
    assert.equal(existsSync(place.tarball), false);
    assert.ok(statSync(partial).size >= 1_000_000);
  });

  /** `asdic retrieve` as a process of its own, and what it says. */
  function startRetrieve() {
    const child = spawn(process.execPath, [cli, "retrieve", ...inRun, "-o", place.tarball], { env: { ...process.env, ASDIC_IMAGE: image } });
    return [child, text(child.stderr)] as const;
  }

  it("goes on after Ctrl-C where it was, and leaves nothing but the tarball", async () => {
    const there = statSync(`${place.tarball}.partial`).size;
    const [child, stderr] = startRetrieve();
    const [code] = await once(child, "close");
    assert.equal(code, 0, await stderr);
    assert.match(await stderr, new RegExp(`^${there} bytes of it had come before`, "m"));
    assert.equal(existsSync(`${place.tarball}.partial`), false);
    files = await readTarball(place.tarball);
    const sizes = [...files].filter(([name]) => name.endsWith("/random.bin")).map(([, content]) => content.length);
    assert.ok(sizes.length >= 2, `there are ${sizes.length} nodes`);
    assert.deepEqual(
      sizes,
      sizes.map(() => 40_000_000),
    );
  });

  it("had one node at work at a time", () => {
    const read = (name: string): number => Number(files.get(name)?.toString());
    const spans = [...files.keys()]
      .filter((name) => name.endsWith("/begin.txt"))
      .map((name) => [read(name), read(name.replace("begin", "end"))] as const)
      .toSorted(([a], [b]) => a - b);
    for (const [at, [begin]] of spans.entries()) assert.ok(begin >= (spans[at - 1]?.[1] ?? 0), JSON.stringify(spans));
  });

  it("shows its results from the aggregator as from the file, with a small part of its bytes", async () => {
    const [remote, local] = await Promise.all([
      asdic(["results", "--remote", "-m", "report", "--namespace", place.namespace, "--verbose"]),
      asdic(["results", "-m", "report", place.tarball]),
    ]);
    assert.equal(remote.code, 0, remote.stderr);
    assert.equal(remote.stdout, local.stdout);
    const [, fetched = "", size = ""] = /(\d+) of (\d+) bytes/.exec(remote.stderr) ?? assert.fail(remote.stderr);
    assert.equal(Number(size), statSync(place.tarball).size);
    assert.ok(Number(fetched) < Number(size) / 100, remote.stderr);
  });

  it("gives the files that match --only, the same as in the tarball", async () => {
    const folder = join(place.folder, "only");
    const only = await asdic(["retrieve", ...inRun, "--only", "plugins/*/results/**/end.txt", "meta/*.json", "-o", folder]);
    assert.equal(only.code, 0, only.stderr);
    const wanted = [...files.keys()].filter((name) => /^plugins\/.*\/end\.txt$|^meta\/[^/]*\.json$/.test(name));
    assert.deepEqual(only.stdout.trim().split("\n").toSorted(), wanted.map((name) => join(folder, name)).toSorted());
    for (const name of wanted) assert.deepEqual(readFileSync(join(folder, name)), files.get(name), name);
  });
});
