import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createWriteStream } from "node:fs";
import { after, test } from "node:test";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { extract } from "../../../cli/retrieve/extract.ts";
import { extractedName } from "../../../cli/retrieve/extracted-name.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-extract-"));
after(() => rm(folder, { recursive: true }));
const signal = new AbortController().signal;

type Entry = { readonly name: string; readonly content?: string; readonly linkname?: string };
let count = 0;
async function writeTarball(entries: readonly Entry[]): Promise<string> {
  const path = join(folder, `${++count}.tar.gz`);
  const packing = pack();
  for (const { name, content = "", linkname } of entries) {
    if (linkname === undefined) packing.entry({ name }, content);
    else packing.entry({ name, linkname, type: "symlink" });
  }
  packing.finalize();
  await pipeline(packing, createGzip(), createWriteStream(path));
  return path;
}

test("a tarball's files are written below a new folder, or an empty one", async () => {
  const tarball = await writeTarball([
    { name: "meta/info.json", content: "{}" },
    { name: "./plugins/a/results/global/x y.txt", content: "x" },
  ]);
  await mkdir(join(folder, "empty"));
  for (const name of ["new/deep", "empty"]) {
    await extract({ tarball, folder: join(folder, name), signal });
    assert.equal(await readFile(join(folder, name, "plugins/a/results/global/x y.txt"), "utf8"), "x");
  }
});

test("a folder with something in it is left as it is", async () => {
  const where = join(folder, "full");
  await mkdir(where);
  await writeFile(join(where, "precious"), "");
  await assert.rejects(
    extract({ tarball: await writeTarball([{ name: "a" }]), folder: where, signal }),
    (error) => isKnownError(error) && error.code === "invalid-file",
  );
  assert.deepEqual(await readdir(where), ["precious"]);
});

const hostile: readonly (readonly [string, readonly Entry[]])[] = [
  ["leads out of the folder", [{ name: "a" }, { name: "../escaped" }]],
  ["leads to the root", [{ name: "/tmp/asdic-escaped" }]],
  ["is a link", [{ name: "link", linkname: "/etc" }, { name: "link/passwd" }]],
  ["is there twice", [{ name: "a" }, { name: "a" }]],
  ["is below a file", [{ name: "a" }, { name: "a/b" }]],
];
for (const [what, entries] of hostile)
  test(`an archive with a name that ${what} is refused, and nothing of it stays`, async () => {
    const where = join(folder, `hostile-${what.replaceAll(" ", "-")}`);
    await assert.rejects(
      extract({ tarball: await writeTarball(entries), folder: where, signal }),
      (error) => isKnownError(error) && error.code === "invalid-tarball",
    );
    await assert.rejects(readdir(where), { code: "ENOENT" });
    assert.ok(!(await readdir(folder)).includes("escaped"));
  });

const names: readonly (readonly [string, string])[] = [
  ["/a/run.tar.gz", "/a/run"],
  ["/a/run.tgz", "/a/run"],
  ["/a/run", "/a/run.extracted"],
];
for (const [tarball, name] of names) test(`${tarball} is extracted to ${name}`, () => assert.equal(extractedName(tarball), name));
