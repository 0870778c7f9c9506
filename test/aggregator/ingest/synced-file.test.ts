import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { openSyncedFile } from "../../../aggregator/ingest/synced-file.ts";

const module = new URL("../../../aggregator/ingest/synced-file.ts", import.meta.url);

describe("a synced file", () => {
  const folder = mkdtempSync(join(tmpdir(), "asdic-synced-"));
  after(() => rm(folder, { recursive: true }));

  it("tells everybody where their bytes begin, however many append at once", async () => {
    const path = join(folder, "many");
    const file = await openSyncedFile(path, 0);
    const texts = Array.from({ length: 300 }, (_, index) => `${index} `.repeat(index % 7));
    const offsets = await Promise.all(texts.map((text) => file.append(text.split("").map((letter) => Buffer.from(letter)))));
    const content = await readFile(path);
    for (const [index, text] of texts.entries()) {
      const offset = offsets[index] ?? -1;
      assert.equal(content.toString("utf8", offset, offset + text.length), text);
    }
    assert.equal(content.length, texts.join("").length);
  });

  it("goes on at the size that it is told, over what a crash has torn", async () => {
    const path = join(folder, "torn");
    await writeFile(path, "whole torn");
    const file = await openSyncedFile(path, 6);
    assert.equal(await file.append([Buffer.from("more")]), 6);
    assert.equal(await readFile(path, "utf8"), "whole more");
  });

  it("rejects what the disk takes only in part, without a trace, and goes on with what fits", () => {
    const path = join(folder, "full");
    // A limit on the size of files stands for a disk that is full: 8 blocks of 512 bytes.
    const program = `
      import { openSyncedFile } from ${JSON.stringify(module.href)};
      process.on("SIGXFSZ", () => undefined);
      const file = await openSyncedFile(${JSON.stringify(path)}, 0);
      const append = (size, letter) => file.append([Buffer.alloc(size, letter)]).catch(() => "refused");
      console.log(JSON.stringify([await append(1000, "a"), await append(8000, "b"), await append(1000, "c")]));`;
    const { stdout, stderr } = spawnSync("sh", ["-c", 'ulimit -f 8; exec "$0" --input-type=module -e "$1"', process.execPath, program], { encoding: "utf8" });
    assert.equal(stdout.trim(), '[0,"refused",1000]', stderr);
  });
});
