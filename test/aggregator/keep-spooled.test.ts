import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { JournalLine } from "../../aggregator/ingest/journal.ts";
import { keepSpooled } from "../../aggregator/keep-spooled.ts";

const at = "2026-01-01T00:00:00.000Z";
const result = (node: string, { file, size, offset }: { readonly file: string; readonly size: number; readonly offset?: number }): JournalLine => ({
  type: "result",
  at,
  plugin: "p",
  node,
  upload: { file, offset, shape: "file", name: "a.bin", size, sha256: "", announced: true },
  timedOut: false,
});

test("results of which a disk kept less than it had synced are left out, and no others, until the tarball is sealed", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-spooled-"));
  context.after(() => rm(folder, { recursive: true }));
  for (const name of ["shared", "own"]) await writeFile(join(folder, name), Buffer.alloc(100));
  const start: JournalLine = { type: "start", at };
  const [first, last, own, gone] = [
    result("n1", { file: "shared", size: 40, offset: 0 }),
    result("n2", { file: "shared", size: 60, offset: 40 }),
    result("n3", { file: "own", size: 100 }),
    result("n4", { file: "none", size: 1 }),
  ] as const;
  const past = [start, first, last, own, gone];
  assert.deepEqual(await keepSpooled(past, folder), { past: [start, first, last, own], missing: [gone] });
  await truncate(join(folder, "shared"), 99);
  await truncate(join(folder, "own"), 0);
  assert.deepEqual(await keepSpooled(past, folder), { past: [start, first], missing: [last, own, gone] });
  const sealed: JournalLine = { type: "sealed", at, tarball: { name: "a.tar.gz", size: 1, sha256: "", created: at } };
  assert.deepEqual(await keepSpooled([...past, sealed], folder), { past: [...past, sealed], missing: [] });
});
