import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { isKnownError, type KnownError } from "../../core/contract/known-error.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { countLeaves } from "../../core/results/roll-up.ts";
import { readRun } from "../../reports/read-run.ts";
import { summarize } from "../../reports/summarize.ts";
import { smallRun, writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-read-run-"));
after(() => rm(folder, { recursive: true }));
const sonobuoySample = join(import.meta.dirname, "../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz");

const hosts = ["ip-10-0-26-239", "ip-10-0-9-16", "ip-10-0-9-206"].map((name) => `${name}.us-west-2.compute.internal`);

test("a tarball of Sonobuoy v0.53 gives its plugins, trees, definitions and versions", async () => {
  const run = await readRun(sonobuoySample);
  assert.equal(run.manifest, undefined);
  assert.equal(run.layoutVersion, "v0.53.2");
  assert.equal(run.serverVersion, "v1.21.1");
  assert.deepEqual(
    run.plugins.map(({ name, tree }) => [name, tree.status]),
    [
      ["e2e", "failed"],
      ["systemd-logs", "passed"],
    ],
  );
  assert.equal(run.plugins[0]?.definition?.["Namespace"], "sonobuoy");
});

test("a tarball of asdic gives manifest, status, health and errors", async () => {
  const run = await readRun(await writeTarball(folder, "small.tar.gz", smallRun));
  assert.equal(run.manifest?.runId, "abcd2345");
  assert.equal(run.status?.outcome, "incomplete");
  assert.deepEqual(
    run.plugins.map(({ name }) => name),
    ["smoke", "node-facts", "cis"],
  );
  assert.deepEqual(
    run.errors.map(({ plugin, node, file }) => [plugin, node, file.code]),
    [["node-facts", "node-2", "node-not-ready"]],
  );
  assert.deepEqual(
    run.clusterHealth?.nodes?.unhealthy.map(({ name }) => name),
    ["node-2"],
  );
  assert.deepEqual([...(run.clusterHealth?.errorSummary.get("errors") ?? [])][0], ["podlogs/kube-system/b.txt", 11]);
});

const old: readonly { readonly version: string; readonly layout: string | undefined; readonly server: string; readonly trees: readonly unknown[] }[] = [
  { version: "v0.8", layout: "v0.8.2", server: "v1.7.2", trees: [["e2e", "passed", 1, []]] },
  {
    version: "v0.9",
    layout: "v0.9.0",
    server: "v1.8.4",
    trees: [
      ["e2e", "passed", 1, []],
      ["systemd_logs", "passed", 3, hosts],
    ],
  },
  {
    version: "v0.10",
    layout: "v0.10.0-4-g8100397",
    server: "v1.8.4",
    trees: [
      ["e2e", "passed", 1, []],
      ["systemd_logs", "passed", 3, hosts],
    ],
  },
];
for (const { version, layout, server, trees } of old)
  test(`a tarball of Sonobuoy ${version}, which has no result trees, gives those that its files make`, async () => {
    const run = await readRun(join(import.meta.dirname, `../fixtures/reports/sonobuoy-${version}.tar.gz`));
    assert.deepEqual([run.layoutVersion, run.serverVersion], [layout, server]);
    const nodes = (tree: ResultItem) => (tree.items ?? []).filter(({ meta }) => meta?.["type"] === "node").map(({ name }) => name);
    assert.deepEqual(
      run.plugins.map(({ name, tree }) => [name, tree.status, countLeaves(tree)["passed"], nodes(tree)]),
      trees,
    );
    assert.deepEqual(summarize(run).plugins[0]?.notEvaluated, []);
  });

test("a definition says how the files of a plugin without a tree are read, and what is no result is none", async () => {
  const definition = { Definition: { "sonobuoy-config": { "result-format": "gojson", "result-files": ["out.json"] } } };
  const entries: readonly Entry[] = [
    { name: "plugins/unit/results/n1/out.json", content: '{"Action":"fail","Test":"TestOne"}' },
    { name: "plugins/unit/results/n1/other.xml", content: "<testsuite/>" },
    { name: "plugins/unit/definition.json", content: JSON.stringify(definition) },
    { name: "plugins/none/errors/n1/error.json", content: '{"error":"no room"}' },
    { name: "hosts/n1/configz.json", content: "{}" },
  ];
  const run = await readRun(await writeRaw("treeless.tar.gz", entries));
  const [unit, none] = run.plugins;
  assert.deepEqual([unit?.tree.status, unit?.tree.items?.map(({ name }) => name), unit && countLeaves(unit.tree)], ["failed", ["n1"], { failed: 1 }]);
  assert.deepEqual(none?.tree, { name: "none", status: "unknown", meta: { type: "summary" }, items: [] });
});

test("the folder that a tarball was extracted to gives what the tarball gives", async () => {
  for (const name of ["sonobuoy-v0.8", "sonobuoy-v0.53-4-failures"]) {
    const tarball = join(import.meta.dirname, `../fixtures/reports/${name}.tar.gz`);
    const extracted = join(folder, name);
    await mkdir(extracted);
    execFileSync("tar", ["-xzf", tarball, "-C", extracted]);
    const [{ path: _, ...expected }, { path, ...found }] = [await readRun(tarball), await readRun(extracted)];
    assert.equal(path, extracted);
    assert.deepEqual(found, expected);
  }
});

test("a folder that leads out of itself is refused", async () => {
  const extracted = join(folder, "linked");
  await mkdir(join(extracted, "plugins/e2e"), { recursive: true });
  await symlink("/etc/passwd", join(extracted, "plugins/e2e/sonobuoy_results.yaml"));
  await assert.rejects(readRun(extracted), /linked: holds "plugins\/e2e\/sonobuoy_results.yaml", which is a symbolic link/);
});

test("a plugin that only meta/info.json names is there, with an unknown result", async () => {
  const run = await readRun(await writeRaw("info.tar.gz", [{ name: "meta/info.json", content: '{"plugins":["e2e",7]}' }]));
  assert.deepEqual(
    run.plugins.map(({ name, tree }) => [name, tree.status]),
    [["e2e", "unknown"]],
  );
});

test("an error file that can't be read still says that there was an error", async () => {
  const run = await readRun(await writeRaw("error.tar.gz", [{ name: "plugins/e2e/errors/global/error.json", content: "{" }]));
  assert.match(run.errors[0]?.file.error ?? "", /can't be read/);
});

const broken: readonly { readonly name: string; readonly code: KnownError["code"]; readonly says: RegExp; readonly make: () => Promise<string> }[] = [
  { name: "a missing file", code: "invalid-file", says: /no such file/, make: async () => join(folder, "missing.tar.gz") },
  { name: "a folder of something else", code: "invalid-tarball", says: /holds no run/, make: async () => folder },
  { name: "an empty file", code: "invalid-tarball", says: /./, make: () => writeBytes("empty.tar.gz", Buffer.alloc(0)) },
  { name: "a text file", code: "invalid-tarball", says: /./, make: () => writeBytes("text.tar.gz", Buffer.from("not a tarball\n".repeat(100))) },
  {
    name: "a gzip file of something else",
    code: "invalid-tarball",
    says: /./,
    make: () => writeBytes("gzip.tar.gz", gzipSync("nothing of the kind ".repeat(100))),
  },
  {
    name: "a truncated tarball",
    code: "invalid-tarball",
    says: /./,
    make: async () => writeBytes("cut.tar.gz", (await readFile(sonobuoySample)).subarray(0, 100_000)),
  },
  { name: "an entry with ../", code: "invalid-tarball", says: /\.\./, make: () => writeRaw("up.tar.gz", [{ name: "meta/../../etc/evil", content: "x" }]) },
  { name: "an absolute name", code: "invalid-tarball", says: /etc/, make: () => writeRaw("abs.tar.gz", [{ name: "/etc/evil", content: "x" }]) },
  {
    name: "a symbolic link",
    code: "invalid-tarball",
    says: /link/i,
    make: () => writeRaw("link.tar.gz", [{ name: "meta/info.json", type: "symlink", linkname: "/etc/passwd" }]),
  },
  {
    name: "a bomb",
    code: "invalid-tarball",
    says: /./,
    make: () => writeRaw("bomb.tar.gz", [{ name: tarballPaths.info, content: " ".repeat(300 * 1024 ** 2) }]),
  },
  {
    name: "a tarball of something else",
    code: "invalid-tarball",
    says: /holds no run/,
    make: () => writeRaw("other.tar.gz", [{ name: "package/index.js", content: "" }]),
  },
  {
    name: "a manifest of another layout",
    code: "invalid-tarball",
    says: /meta\/manifest\.json.*layoutVersion/,
    make: () => writeRaw("m.tar.gz", [{ name: tarballPaths.manifest, content: '{"layoutVersion":2}' }]),
  },
  {
    name: "a status that is no JSON",
    code: "invalid-tarball",
    says: /meta\/status\.json/,
    make: () => writeRaw("s.tar.gz", [{ name: tarballPaths.status, content: "{" }]),
  },
  {
    name: "a result tree that is none",
    code: "invalid-tarball",
    says: /plugins\/e2e\/sonobuoy_results\.yaml/,
    make: () => writeRaw("t.tar.gz", [{ name: tarballPaths.resultTree("e2e"), content: "- a\n- : b: [" }]),
  },
];

for (const { name, code, says, make } of broken)
  test(`${name} is refused with one message that names the file`, async () => {
    const path = await make();
    await assert.rejects(readRun(path), (error) => {
      assert.ok(isKnownError(error), `a bug instead of a message: ${String(error)}`);
      assert.equal(error.code, code);
      assert.equal(error.exitCode, 2);
      assert.ok(error.message.startsWith(`${path}: `), error.message);
      assert.match(error.message, says);
      assert.ok(!error.message.includes("\n"), "more than one line");
      assert.notEqual(error.hint, undefined);
      return true;
    });
  });

type Entry = { readonly name: string; readonly type?: "symlink"; readonly linkname?: string; readonly content?: string };

async function writeBytes(name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

/** Names and types as they are given, also those that asdic's own writer refuses. */
async function writeRaw(name: string, entries: readonly Entry[]): Promise<string> {
  const archive = pack();
  for (const { content = "", ...header } of entries) archive.entry(header, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return writeBytes(name, gzipSync(Buffer.concat(chunks), { level: 1 }));
}
