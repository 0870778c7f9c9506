import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { hashFile } from "../../../cli/retrieve/hash-file.ts";
import { startGeneratedTarball } from "./generated-tarball.ts";
import { measureCli } from "./measure-cli.ts";

const megabyte = 1024 * 1024;
const size = 300 * megabyte;

test("300 MB come whole through five cuts and a Ctrl-C, in memory that does not grow with them", async () => {
  // Ctrl-C stands in the place of one.
  const { server, tarball, begins } = await startGeneratedTarball(size, 6);
  const { folder } = server;
  after(() => rm(join(folder, tarball.name), { force: true }));
  const partial = join(folder, `${tarball.name}.partial`);
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const stopped = await measureCli(["retrieve"], { folder, onLook: ({ kill }) => void (sizeOf(partial) > 60 * megabyte && kill("SIGINT")) });
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(
    stopped.stderr,
    /^Interrupted\. \d+ of \d+ bytes of generated\.tar\.gz have come and are kept\.\n`asdic retrieve -n asdic` goes on from there\.$/m,
  );
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith(tarball.name)),
    [`${tarball.name}.partial`, `${tarball.name}.partial.etag`],
  );
  const kept = (await stat(partial)).size;
  const ended = await measureCli(["retrieve"], { folder });
  assert.equal(ended.code, 0, ended.stderr);
  assert.equal(ended.stdout, `${join(folder, tarball.name)}\n`);
  assert.equal((await hashFile(join(folder, tarball.name)))?.hash.digest("hex"), tarball.sha256);
  assert.ok(begins().length === 7 && begins().includes(kept), begins().join());
  // Half of it is there before a byte comes, for the sources that are compiled; the rest is what waits for the garbage collector.
  for (const { peakBytes } of [stopped, ended]) assert.ok(peakBytes > 0 && peakBytes < 330 * megabyte, `${peakBytes} bytes`);
});

test("a file that is there and is another one stays, and one that is named is replaced", async () => {
  const { server, tarball } = await startGeneratedTarball(megabyte, 0);
  await writeFile(join(server.folder, tarball.name), "mine");
  const refused = await server.asdic(["retrieve"]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /generated\.tar\.gz: is there already and is something else, so it was not replaced\./);
  assert.equal((await stat(join(server.folder, tarball.name))).size, 4);
  assert.equal((await server.asdic(["retrieve", "-o", tarball.name])).code, 0);
  assert.equal((await stat(join(server.folder, tarball.name))).size, megabyte);
  assert.match((await server.asdic(["retrieve"])).stderr, /It was there already, whole and the same\./);
});

test("a disk that takes only a part of the last write leaves no truncated tarball, and what it took is gone on from", async () => {
  const { server, tarball, begins } = await startGeneratedTarball(megabyte + 10, 0);
  const path = join(server.folder, tarball.name);
  const { code, stderr } = await measureCli(["retrieve"], { folder: server.folder, fileBytes: megabyte });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /generated\.tar\.gz\.partial: can't be written \(files may not be so large there\)\./);
  assert.equal((await stat(`${path}.partial`)).size, megabyte);
  assert.equal((await server.asdic(["retrieve"])).code, 0);
  assert.equal((await hashFile(path))?.hash.digest("hex"), tarball.sha256);
  assert.equal(begins().at(-1), megabyte);
});
