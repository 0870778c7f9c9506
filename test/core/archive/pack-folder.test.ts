import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFile, chmod, mkdir, mkdtemp, readdir, readlink, rename, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { packFolder } from "../../../core/archive/pack-folder.ts";
import { unpackPlainly } from "./packed.ts";

async function makeFolder(context: TestContext, files: { readonly [name: string]: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-pack-"));
  context.after(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), 1_700_000_000, 1_700_000_000);
  }
  return folder;
}

const readFiles = (packed: Buffer): [string, string][] => unpackPlainly(packed).map(([name, content]) => [name, content.toString("latin1")]);

async function packAll(folder: string, exclude: readonly string[] = []): Promise<{ files: [string, string][]; skipped: [string, string][]; bytes: Buffer }> {
  const skipped: [string, string][] = [];
  const bytes = await buffer(packFolder(folder, { exclude, onSkipped: (name, why) => skipped.push([name, why]) }));
  return { files: readFiles(bytes), skipped, bytes };
}

test("regular files are packed in the order of their names, whatever folder they lie in", async (context) => {
  const folder = await makeFolder(context, {
    "b.txt": "b",
    "a/z.txt": "z",
    "a/a/deep.txt": "",
    "B.txt": "B",
    "results.tar.gz": "own",
    "a/results.tar.gz": "nested",
  });
  assert.deepEqual((await packAll(folder)).files, [
    ["B.txt", "B"],
    ["a/a/deep.txt", ""],
    ["a/results.tar.gz", "nested"],
    ["a/z.txt", "z"],
    ["b.txt", "b"],
    ["results.tar.gz", "own"],
  ]);
});

test("the same files with the same times give the same bytes", async (context) => {
  const files = { "x/1": "one", "x/2": "2".repeat(100_000), y: "why" };
  const [first, second] = [await makeFolder(context, files), await makeFolder(context, Object.fromEntries(Object.entries(files).toReversed()))];
  assert.deepEqual((await packAll(first)).bytes, (await packAll(second)).bytes);
});

test("an empty folder is a pack without files", async (context) => {
  assert.deepEqual((await packAll(await makeFolder(context, {}))).files, []);
});

test("what is excluded is left out without a word: a file at the top, a folder, a file within", async (context) => {
  const folder = await makeFolder(context, { done: "x", "a/done": "kept", "secret/1": "x", "secret/2": "x", "b/c": "x", "b/d": "kept" });
  const { files, skipped } = await packAll(folder, ["done", "secret", "b/c"]);
  assert.deepEqual(
    files.map(([name]) => name),
    ["a/done", "b/d"],
  );
  assert.deepEqual(skipped, []);
});

test("links and special files are left out and reported, even where they lead to files of the folder", async (context) => {
  const folder = await makeFolder(context, { "a.txt": "a" });
  await symlink("a.txt", join(folder, "link"));
  await symlink("/etc", join(folder, "etc"));
  await symlink("nowhere", join(folder, "broken"));
  execFileSync("mkfifo", [join(folder, "pipe")]);
  const { files, skipped } = await packAll(folder);
  assert.deepEqual(files, [["a.txt", "a"]]);
  assert.deepEqual(skipped, [
    ["broken", "is a symbolic link"],
    ["etc", "is a symbolic link"],
    ["link", "is a symbolic link"],
    ["pipe", "is a special file"],
  ]);
});

test("files whose names no reader would take keep their content, with the bytes written out", async (context) => {
  const folder = await makeFolder(context, { "a\nb": "control", "c\\d": "backslash", "C:/x": "drive", "100%.txt": "plain", "sub/C:x": "no drive" });
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xfc, 0x72])]), "latin1");
  assert.deepEqual(Object.fromEntries((await packAll(folder)).files), {
    "a%0Ab": "control",
    "c%5Cd": "backslash",
    "C%3A/x": "drive",
    "100%.txt": "plain",
    "sub/C:x": "no drive",
    "f%FCr": "latin1",
  });
});

/** The first bytes of a stream, of which some are a file's content: a frame of its name is shorter. */
async function takeBeginning(stream: Readable): Promise<Buffer> {
  let taken = Buffer.alloc(0);
  const chunks: AsyncIterable<Buffer> = stream.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    taken = Buffer.concat([taken, chunk]);
    if (taken.length > 100) break;
  }
  return taken;
}

const large = 8 * 1024 ** 2;
const noise = Buffer.from(Array.from({ length: large }, (_, index) => Math.imul(index, 2654435761) >>> 11)).toString("latin1");

for (const [what, change, length] of [
  ["grows", (path: string) => appendFile(path, "more"), large],
  ["shrinks", (path: string) => truncate(path, 1000), large],
] as const)
  test(`a file that ${what} while it is read still gives a whole pack, with the size it had`, async (context) => {
    const folder = await makeFolder(context, {});
    await writeFile(join(folder, "a"), noise, "latin1");
    await writeFile(join(folder, "b"), "after");
    const skipped: [string, string][] = [];
    const stream = packFolder(folder, { onSkipped: (name, why) => skipped.push([name, why]) });
    const beginning = await takeBeginning(stream);
    await change(join(folder, "a"));
    const files = readFiles(Buffer.concat([beginning, await buffer(stream)]));
    assert.deepEqual(
      files.map(([name, content]) => [name, content.length]),
      [
        ["a", length],
        ["b", 5],
      ],
    );
    assert.equal(skipped.length, what === "shrinks" ? 1 : 0);
    if (what === "shrinks") assert.match(skipped.join(), /a,shrank while it was read: its last \d+ bytes are zeros/);
  });

test("a folder that turns into a link while it is read leads nowhere", async (context) => {
  const outside = await makeFolder(context, { secret: "token" });
  const folder = await makeFolder(context, { "b/secret": "plain" });
  await writeFile(join(folder, "a"), noise, "latin1");
  const skipped: string[] = [];
  const stream = packFolder(folder, { onSkipped: (name) => skipped.push(name) });
  const beginning = await takeBeginning(stream);
  await rename(join(folder, "b"), join(folder, "c"));
  await symlink(outside, join(folder, "b"));
  const files = readFiles(Buffer.concat([beginning, await buffer(stream)]));
  assert.deepEqual(
    files.map(([name]) => name),
    ["a"],
  );
  assert.ok(skipped.length > 0);
});

test("what may not be opened is reported and the rest packed", { skip: process.getuid?.() === 0 && "root may open everything" }, async (context) => {
  const folder = await makeFolder(context, { "a.txt": "a", "b/c.txt": "c", "d.txt": "d" });
  await chmod(join(folder, "a.txt"), 0);
  await chmod(join(folder, "b"), 0);
  const { files, skipped } = await packAll(folder);
  await chmod(join(folder, "b"), 0o700);
  assert.deepEqual(files, [["d.txt", "d"]]);
  assert.deepEqual(skipped, [
    ["a.txt", "can't be opened (EACCES)"],
    ["b", "can't be read (EACCES)"],
  ]);
});

test("a folder that is not there fails the stream", async (context) => {
  const folder = await makeFolder(context, {});
  await assert.rejects(buffer(packFolder(join(folder, "nowhere"), {})), { code: "ENOENT" });
});

test("a stream that is destroyed closes the file that it reads", { skip: process.platform !== "linux" && "needs /proc" }, async (context) => {
  const folder = await makeFolder(context, {});
  await writeFile(join(folder, "a"), noise, "latin1");
  const isOpen = async (): Promise<boolean> => {
    const links = (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ""));
    return (await Promise.all(links)).includes(join(folder, "a"));
  };
  const stream = packFolder(folder, {});
  await takeBeginning(stream);
  assert.ok(await isOpen());
  stream.destroy();
  for (let tries = 0; tries < 1000 && (await isOpen()); tries++) await setImmediate();
  assert.ok(!(await isOpen()));
});
