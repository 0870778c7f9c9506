import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { searchAside, type SearchAside } from "../../../cli/snapshot/search-aside.ts";
import { tellParts } from "../../../cli/snapshot/tell-parts.ts";
import { createArchive, type ArchiveWriter } from "../../../core/archive/write-archive.ts";

type Written = {
  readonly archive: ArchiveWriter & { readonly tellRest: () => Promise<void> };
  readonly search: SearchAside;
  readonly path: string;
  readonly parts: () => number;
};

async function start(context: TestContext, signal = new AbortController().signal): Promise<Written> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-search-"));
  const path = join(folder, "a.tar.gz");
  const search = searchAside({ redaction: { privacy: "off" }, material: { key: undefined, knownNames: [] } }, signal);
  const whole = await createArchive(path);
  let parts = 0;
  const archive = tellParts(whole, (part) => {
    parts++;
    search.add(part);
  });
  context.after(async () => {
    await search.close();
    await whole.abandon();
    await rm(folder, { recursive: true });
  });
  return { archive, search, path, parts: () => parts };
}

const secret = "password=hunter2-Zq81mmX0\n";

test("secrets are found in every part of an archive that grows meanwhile", async (context) => {
  const { archive, search, parts } = await start(context);
  const files = ["first", "second", "third"];
  for (const name of files) await archive.add(name, `${name}\n`.repeat(1_000_000) + secret);
  await archive.add("last", secret);
  await archive.add("harmless", "nothing");
  await archive.tellRest();
  const { files: count, leaks } = await search.end();
  assert.ok(parts() > 1, "it was told in parts");
  assert.equal(count, files.length + 2);
  assert.deepEqual(
    leaks.map(({ file }) => file),
    [...files, "last"],
  );
  await archive.finish();
});

test("an archive without entries has no secrets", async (context) => {
  const { archive, search } = await start(context);
  await archive.tellRest();
  assert.deepEqual(await search.end(), { files: 0, bytes: 0, trusted: { files: 0, bytes: 0 }, milliseconds: 0, leaks: [] });
});

test("a part that can't be read fails the search", async (context) => {
  const { search, path } = await start(context);
  search.add({ path, start: 10, end: 10_000, index: "no index\n" });
  await assert.rejects(search.end(), /index/);
});

test("whoever gives up waits for nothing", async (context) => {
  const controller = new AbortController();
  const { archive, search } = await start(context, controller.signal);
  await archive.add("large", "word ".repeat(4_000_000));
  await archive.tellRest();
  const end = search.end();
  controller.abort(new Error("given up"));
  await assert.rejects(end, /given up/);
});
