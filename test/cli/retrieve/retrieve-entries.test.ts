import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeFolder } from "../../core/cluster/api-server.ts";
import { smallRun, writeTarball } from "../../reports/small-run.ts";
import { summary } from "../definitions.ts";
import { startRunServer } from "../run-server.ts";
import { startTarballServer } from "./tarball-server.ts";

/** Its middle is most of it, and can't be compressed. */
const noise = randomBytes(3_000_000).toString("base64");
const entries = [...smallRun.slice(0, 7), ["podlogs/ns/pod/logs/c.txt", noise] as const, ...smallRun.slice(7)];
const tarball = await readFile(await writeTarball(await writeFolder({}), "run.tar.gz", entries));

test("files that are fetched alone are those of the tarball, below its name, and the rest stays where it is", async () => {
  const server = await startTarballServer(tarball);
  const { code, stdout, stderr } = await server.asdic(["retrieve", "--only", "plugins/smoke", "meta/status.json"]);
  assert.equal(code, 0, stderr);
  const folder = join(server.folder, "asdic_abcd1234");
  assert.deepEqual(
    stdout.trimEnd().split("\n"),
    ["plugins/smoke/definition.json", "plugins/smoke/sonobuoy_results.yaml", "meta/status.json"].map((name) => join(folder, name)),
  );
  const contents = new Map(entries);
  for (const name of ["plugins/smoke/definition.json", "meta/status.json"]) assert.equal(await readFile(join(folder, name), "utf8"), contents.get(name));
  const [, fetched = 0, size = 0] = (/(\d+) of (\d+) bytes of asdic_abcd1234\.tar\.gz were fetched/.exec(stderr) ?? []).map(Number);
  assert.ok(fetched > 0 && fetched < size / 2, stderr);
  assert.deepEqual(
    server.ranges().filter((range) => range === undefined),
    [],
  );
});

test("a file that was fetched before is replaced, and no other", async () => {
  const server = await startTarballServer(tarball);
  const folder = join(server.folder, "out");
  await mkdir(join(folder, "meta"), { recursive: true });
  await writeFile(join(folder, "meta/info.json"), "old");
  await writeFile(join(folder, "meta/mine"), "mine");
  assert.equal((await server.asdic(["retrieve", "--only", "meta/info.json", "-o", "out"])).code, 0);
  assert.equal(await readFile(join(folder, "meta/info.json"), "utf8"), new Map(entries).get("meta/info.json"));
  assert.deepEqual((await readdir(join(folder, "meta"))).toSorted(), ["info.json", "mine"]);
});

test("an answer that breaks off is gone on from where it was", async () => {
  const cut = await startTarballServer(tarball, ({ headers }, response, attempt) => {
    const [, start = 0, end = 0] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? []).map(Number);
    if (end - start < 200_000 || attempt > 6) return false;
    response.writeHead(206, { "content-length": end - start + 1, "content-range": `bytes ${start}-${end}/${tarball.length}` });
    response.write(tarball.subarray(start, start + 500_000), () => setTimeout(() => response.destroy(), 50));
    return true;
  });
  const { code, stderr } = await cut.asdic(["retrieve", "--only", "podlogs", "-o", "out"]);
  assert.equal(code, 0, stderr);
  assert.equal(await readFile(join(cut.folder, "out/podlogs/ns/pod/logs/c.txt"), "utf8"), noise);
});

test("entries whose names look like parts of others come whole, too", async () => {
  const odd = [[".partial", "a"] as const, ["x.partial", "b"] as const, ["x", "c"] as const];
  const server = await startTarballServer(await readFile(await writeTarball(await writeFolder({}), "odd.tar.gz", [...smallRun.slice(0, 2), ...odd])));
  assert.equal((await server.asdic(["retrieve", "--only", "x*", ".partial", "-o", "out"])).code, 0);
  for (const [name, content] of odd) assert.equal(await readFile(join(server.folder, "out", name), "utf8"), content);
  assert.deepEqual((await readdir(join(server.folder, "out"))).toSorted(), odd.map(([name]) => name).toSorted());
});

/** Of which the middle byte of the noise is another. */
const damaged = Buffer.from(tarball);
damaged.writeUInt8(255 - damaged.readUInt8(tarball.length >> 1), tarball.length >> 1);

const hostile: readonly (readonly [string, Buffer, RegExp])[] = [
  ["a content that is not the index's", damaged, /asdic_abcd1234\.tar\.gz: /],
  [
    "a tarball without an index",
    gzipSync(gunzipSync(tarball), { level: 1 }),
    /has no index, so nothing of it can be read alone\.\nFetch all of it with `asdic retrieve`/,
  ],
  ["no tarball at all", randomBytes(200_000), /has no index/],
];
for (const [what, bytes, message] of hostile)
  test(`${what} is an error, and no file appears`, async () => {
    const server = await startTarballServer(bytes);
    const { code, stderr } = await server.asdic(["retrieve", "--only", "podlogs", "-o", "out"]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    const left = await readdir(join(server.folder, "out"), { recursive: true, withFileTypes: true }).catch(() => []);
    assert.deepEqual(
      left.filter((entry) => entry.isFile()).map(({ name }) => name),
      [],
    );
  });

test("another tarball than was announced, more bytes than were asked for and a refusal are errors at once", async () => {
  const answers: readonly (readonly [number, Buffer, RegExp])[] = [
    [200, tarball, /has another tarball now/],
    [206, Buffer.concat([tarball, tarball]), /More bytes of asdic_abcd1234\.tar\.gz came than were asked for/],
    [401, Buffer.from("no"), /credentials were not accepted/],
  ];
  for (const [status, body, message] of answers) {
    const server = await startTarballServer(tarball, ({ headers }, response) => {
      response.writeHead(status, { "content-range": (headers.range ?? "").replace("=", " ") }).end(body);
      return true;
    });
    const { code, stderr } = await server.asdic(["results", "--remote"]);
    assert.ok(code === 3 || code === 4, stderr);
    assert.match(stderr, message);
    assert.equal(server.ranges().length, 1);
  }
});

test("a file in the place of a folder is told", async () => {
  const server = await startTarballServer(tarball);
  await writeFile(join(server.folder, "asdic_abcd1234"), "mine");
  const { code, stderr } = await server.asdic(["retrieve", "--only", "meta"]);
  assert.equal(code, 2);
  assert.match(stderr, /asdic_abcd1234\/meta\/manifest\.json: can't be written/);
  assert.equal(await readFile(join(server.folder, "asdic_abcd1234"), "utf8"), "mine");
});

test("while the run goes on, the next command is told", async () => {
  const running = summary();
  const server = await startRunServer({ ...running, results: [] });
  server.publish(running);
  for (const args of [
    ["results", "--remote"],
    ["retrieve", "--only", "meta"],
  ]) {
    const { code, stderr } = await server.asdic(args);
    assert.equal(code, 4);
    assert.match(stderr, /The run in namespace asdic has no tarball yet\.\nWait for it with `asdic status --watch -n asdic`\./);
  }
});

test("a tarball whose name would lead elsewhere is refused", async () => {
  const server = await startTarballServer(tarball, () => false, "../../etc.tar.gz");
  const { code, stderr } = await server.asdic(["retrieve", "--only", "meta"]);
  assert.equal(code, 4);
  assert.match(stderr, /which is no plain file name/);
});

test("a plugin that is not there is told with those that are, also of a tarball elsewhere", async () => {
  const server = await startTarballServer(tarball);
  const { code, stderr } = await server.asdic(["results", "--remote", "-p", "nobody"]);
  assert.equal(code, 2);
  assert.match(stderr, /asdic_abcd1234\.tar\.gz: there is no plugin "nobody" in it\.\nIts plugins: smoke, node-facts, cis\./);
});
