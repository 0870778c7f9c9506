import assert from "node:assert/strict";
import { mkdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { folderHeader, problemHeader } from "../../core/contract/worker-wire.ts";
import { startWorker } from "./start-worker.ts";
import type { Upload } from "./test-aggregator.ts";
import { startTestAggregator } from "./test-aggregator.ts";
import { unpack, unpackFile } from "./unpack.ts";
import { until } from "./until.ts";

const problemOf = (upload: Upload | undefined): string => {
  const [code, sentence = ""] = String(upload?.headers[problemHeader]).split("; ");
  return `${code}: ${decodeURIComponent(sentence)}`;
};

const packed = "application/vnd.asdic.packed";
const named = [
  { name: "junit_01.xml", type: packed, disposition: 'attachment; filename="junit_01.xml"' },
  { name: "out.tar.gz", type: "application/gzip", disposition: 'attachment; filename="out.tar.gz"' },
  { name: "OUT.TGZ", type: "application/gzip", disposition: 'attachment; filename="OUT.TGZ"' },
  { name: "e2e.log", type: packed, disposition: 'attachment; filename="e2e.log"' },
  { name: 'od"d\\ 50%.txt', type: packed, disposition: `attachment; filename="od_d_ 50_.txt"; filename*=UTF-8''od%22d%5C%2050%25.txt` },
  { name: "ü\n(1).json", type: packed, disposition: `attachment; filename="__(1).json"; filename*=UTF-8''%C3%BC%0A%281%29.json` },
];

for (const { name, type, disposition } of named)
  test(`a file is sent packed, or as it is if it may be an archive, with type and name: ${JSON.stringify(name)}`, async (context) => {
    const aggregator = await startTestAggregator(context);
    const worker = await startWorker(context, [aggregator.url]);
    await worker.write(name, "content of the file");
    await worker.write("done", join(worker.results, name));
    assert.equal((await worker.ended).exitCode, 0);
    const [upload] = aggregator.uploads;
    assert.equal(String(type === packed ? unpackFile(upload?.body) : upload?.body), "content of the file");
    assert.equal(upload?.headers["content-type"], type);
    assert.equal(upload?.headers["content-disposition"], disposition);
    assert.equal(upload?.headers[folderHeader], undefined);
    assert.equal(upload?.headers[problemHeader], undefined);
  });

test("a folder is packed with everything in it but the done file at its top", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await mkdir(join(worker.results, "sub"));
  await worker.write("a.xml", "a");
  await worker.write("results.tar.gz", "own");
  await worker.write("sub/results.tar.gz", "nested");
  await worker.write("sub/done", "deeper");
  await worker.write("done", `  ${worker.results}\n`);
  assert.equal((await worker.ended).exitCode, 0);
  const [upload] = aggregator.uploads;
  assert.deepEqual(unpack(upload?.body ?? Buffer.alloc(0)), {
    "a.xml": "a",
    "results.tar.gz": "own",
    "sub/done": "deeper",
    "sub/results.tar.gz": "nested",
  });
  assert.equal(upload?.headers["content-type"], packed);
  assert.equal(upload?.headers[folderHeader], "true");
  assert.equal(upload?.headers[problemHeader], undefined);
});

test("a folder below the results, named relatively, goes alone and keeps a file of the name done", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await mkdir(join(worker.results, "sub"));
  await worker.write("other.log", "stays");
  await worker.write("sub/done", "mine");
  await worker.write("done", "sub/\n");
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { done: "mine" });
});

test("an empty file is a result", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("empty.log", "");
  await worker.write("done", "empty.log");
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(unpackFile(aggregator.uploads[0]?.body)?.length, 0);
});

test("a link to a file inside the results is followed, under the name that the plugin gave", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("real.xml", "x");
  await symlink("real.xml", join(worker.results, "latest.xml"));
  await worker.write("done", "latest.xml");
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(String(unpackFile(aggregator.uploads[0]?.body)), "x");
  assert.equal(aggregator.uploads[0]?.headers["content-disposition"], 'attachment; filename="latest.xml"');
});

const outside = "result-missing: the done file names ";
const wrongNames = [
  { title: "nothing that exists", text: () => "no.xml", problem: () => `${outside}"no.xml", which does not exist` },
  { title: "nothing at all", text: () => " \n", problem: () => "result-missing: the done file is empty" },
  { title: "the token", text: (token: string) => token, problem: (token: string) => `${outside}"${token}", which is outside the results folder` },
  { title: "the token relatively", text: () => "../token", problem: () => `${outside}"../token", which is outside the results folder` },
  { title: "a link to the token", text: () => "link", problem: () => `${outside}"link", which is outside the results folder` },
  { title: "a file behind a link to another folder", text: () => "up/token", problem: () => `${outside}"up/token", which is outside the results folder` },
  { title: "a link to itself", text: () => "loop", problem: () => `${outside}"loop", which is a link that leads nowhere` },
  { title: "a path with a zero byte", text: () => "a\0b", problem: () => `${outside}"a\0b", which is no path` },
  { title: "a path that is too long", text: () => "x".repeat(5000), problem: () => `${outside}"${"x".repeat(200)}…", which is no path` },
  { title: "far too much", text: () => "x".repeat(100_000), problem: () => "result-unreadable: the done file is too long to be a path" },
];

for (const { title, text, problem } of wrongNames)
  test(`when done names ${title}, the whole folder is sent with the problem`, async (context) => {
    const aggregator = await startTestAggregator(context);
    const worker = await startWorker(context, [aggregator.url]);
    const token = worker.settings.tokenFile;
    await symlink(token, join(worker.results, "link"));
    await symlink(dirname(token), join(worker.results, "up"));
    await symlink("loop", join(worker.results, "loop"));
    await worker.write("kept.xml", "kept");
    await worker.write("done", text(token));
    assert.equal((await worker.ended).exitCode, 0);
    assert.equal(problemOf(aggregator.uploads[0]), problem(token));
    assert.deepEqual(unpack(aggregator.uploads[0]?.body ?? Buffer.alloc(0)), { "kept.xml": "kept" });
    assert.equal(aggregator.uploads[0]?.headers[folderHeader], "true");
  });

test("a done file that is itself a link to the token is not read", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url]);
  await worker.write("kept.xml", "kept");
  await symlink(worker.settings.tokenFile, join(worker.results, "done"));
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(problemOf(aggregator.uploads[0]), "result-unreadable: the done file is outside the results folder");
  assert.ok(!String(aggregator.uploads[0]?.headers[problemHeader]).includes("first-token"));
});

test("a done file that is removed and written again is read as it is at last", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { settleSeconds: 0.5 } });
  await worker.write("raw.txt", "raw");
  await worker.write("processed.txt", "processed");
  await worker.write("done", "raw.txt");
  await until(() => worker.lines.includes("settling"));
  await rm(join(worker.results, "done"));
  await sleep(600);
  assert.equal(aggregator.uploads.length, 0);
  await worker.write("done", "processed.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(
    aggregator.uploads.map(({ body }) => String(unpackFile(body))),
    ["processed"],
  );
  assert.deepEqual(
    worker.lines.filter((line) => ["waiting", "settling", "uploading"].includes(line)),
    ["settling", "waiting", "settling", "uploading"],
  );
});

test("a done file that is touched or rewritten while it settles starts the wait again", async (context) => {
  const aggregator = await startTestAggregator(context);
  const worker = await startWorker(context, [aggregator.url], { settings: { settleSeconds: 1 } });
  await worker.write("one.txt", "1");
  await worker.write("two.txt", "2");
  await worker.write("done", "one.txt");
  for (let touch = 1; touch <= 3; touch++) {
    await sleep(400);
    await utimes(join(worker.results, "done"), touch, touch);
  }
  assert.equal(aggregator.uploads.length, 0);
  await worker.write("done", "two.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.deepEqual(
    aggregator.uploads.map(({ body }) => String(unpackFile(body))),
    ["2"],
  );
});

test("a results folder that is created late is watched as well", async (context) => {
  const aggregator = await startTestAggregator(context);
  const late = join(dirname((await startWorker(context, [aggregator.url])).results), "late");
  const worker = await startWorker(context, [aggregator.url], { settings: { resultsDir: late } });
  await sleep(50);
  await mkdir(late);
  await writeFile(join(late, "x.txt"), basename(late));
  await writeFile(join(late, "done"), "x.txt");
  assert.equal((await worker.ended).exitCode, 0);
  assert.equal(String(unpackFile(aggregator.uploads[0]?.body)), "late");
});
