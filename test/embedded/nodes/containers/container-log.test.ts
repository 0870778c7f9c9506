import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { writeContainerLog } from "../../../../embedded/nodes/containers/container-log.ts";

const long = "x".repeat(16_384);

test("output becomes CRI's lines, however it comes in pieces", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-log-"));
  context.after(() => rm(folder, { recursive: true }));
  const cases = [
    { said: [], lines: [] },
    { said: ["a", "b\nc", "\n"], lines: ["F ab", "F c"] },
    { said: ["\n\n"], lines: ["F ", "F "] },
    { said: ["no end"], lines: ["P no end"] },
    { said: ["ends\r\n"], lines: ["F ends\r"] },
    { said: ["\u00fc".slice(0, 1), "\0\n"], lines: ["F \u00fc\0"] },
    { said: [long, "\n"], lines: [`F ${long}`] },
    { said: [long, "y\nz\n"], lines: [`P ${long}`, "F y", "F z"] },
    { said: [`${long}${long}y`], lines: [`P ${long}`, `P ${long}`, "P y"] },
  ];
  const clock = { now: () => new Date("2026-11-21T14:00:00.999Z") };
  for (const [index, { said, lines }] of cases.entries()) {
    const file = join(folder, "deep", String(index));
    await writeContainerLog({ stdout: Readable.from(said.map((text) => Buffer.from(text))), stderr: Readable.from([]) }, file, clock);
    const written = (await readFile(file, "utf8")).split("\n").slice(0, -1);
    assert.deepEqual(
      written.map((line) => line.replace(/^\S+ stdout /, "")),
      lines,
    );
    const times = written.map((line) => line.split(" ")[0] ?? "");
    for (const time of times) assert.match(time, /^2026-11-21T14:00:00\.999\d{6}Z$/);
    assert.deepEqual(times, [...new Set(times)].toSorted());
  }
});
