import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { createGuard } from "../../../aggregator/redaction/guard.ts";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import type { RunRedaction } from "../../../aggregator/redaction/run-redaction.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { readUpload } from "../../../aggregator/store/read-upload.ts";
import { archiveContentType, problemHeader, wirePaths } from "../../../core/contract/worker-wire.ts";
import { collectTallies } from "../../../core/redaction/collect-tallies.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import type { FileTally } from "../../../core/redaction/redaction-report.ts";
import { makeTarGz } from "../../core/archive/tar.ts";
import { noRedaction } from "../no-redaction.ts";
import { openDoor } from "./door.ts";

const secret = "hunter2-falcon";
const log = `dial: password=${secret} refused\n`;
const clean = log.replace(secret, "REDACTED");
const key = Buffer.alloc(32, 7);

const redactor = createRedactor();
const redaction: RunRedaction = {
  ...noRedaction,
  options: { privacy: "standard", rules: "rules:\n  - literal: falcon\n" },
  redactor,
  guard: createGuard(redactor),
  tallies: collectTallies(),
  material: { key, knownNames: ["n1"] },
};

async function open(context: TestContext) {
  const results = createExpectedResults(() => new Date());
  const result = results.expect("p", "n1");
  results.update(result, { state: "running" });
  const gate = createGate();
  const door = await openDoor(() => ({ results, gate, isSealed: false }), { redaction });
  context.after(() => door.close());
  return { door, result };
}

const send = (headers: Record<string, string>, body: Buffer | string) => ({
  path: wirePaths.result("p", "n1"),
  headers: { authorization: "Bearer pod-n1", ...headers },
  body,
});

const cases: readonly {
  readonly what: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | string;
  readonly wanted: Readonly<Record<string, string>>;
}[] = [
  {
    what: "a plain file",
    headers: { "content-type": "text/plain", "content-disposition": 'attachment; filename="app.log"' },
    body: log,
    wanted: { "app.log": clean },
  },
  {
    what: "an archive",
    headers: { "content-type": archiveContentType, "content-disposition": 'attachment; filename="all.tar.gz"' },
    body: await makeTarGz([
      { name: "a/app.log", content: log },
      { name: "old.log.gz", content: gzipSync(log) },
    ]),
    wanted: { "a/app.log": clean, "old.log.gz": clean },
  },
  {
    what: "gzip of one file",
    headers: { "content-type": archiveContentType, "content-disposition": 'attachment; filename="app.log.gz"' },
    body: gzipSync(log),
    wanted: { "app.log.gz": clean },
  },
];
for (const { what, headers, body, wanted } of cases)
  test(`${what} that no worker has packed is kept without its secrets, and the same bytes are taken again`, async (context) => {
    const { door, result } = await open(context);
    for (const _ of [1, 2]) assert.deepEqual(await door.send(send(headers, body)), { status: 200, body: '{"status":"ok"}' });
    const files: Record<string, string> = {};
    let tallies: readonly FileTally[] = [];
    if (result.upload)
      for await (const file of readUpload(result.upload, door.folder, (found) => (tallies = found))) {
        const content = await buffer(file.body);
        files[file.name] = (file.name.endsWith(".gz") ? gunzipSync(content) : content).toString();
      }
    assert.deepEqual(files, wanted);
    assert.deepEqual(
      tallies.map(({ name }) => name),
      Object.keys(wanted).map((name) => `plugins/p/results/n1/${name}`),
    );
    for (const file of readdirSync(door.folder)) {
      const bytes = readFileSync(join(door.folder, file));
      assert.ok(!bytes.includes(secret) && !bytes.includes(gzipSync(log)), file);
    }
  });

test("what a worker says in words is kept without secrets: a file's name, a problem, progress", async (context) => {
  const { door, result } = await open(context);
  const token = `ghp_${"aB3dE5gH7jK9".repeat(3)}`;
  const headers = {
    "content-type": "text/plain",
    "content-disposition": `attachment; filename="${token}.txt"`,
    [problemHeader]: `result-missing; ${encodeURIComponent(`the done file names ${token}`)}`,
  };
  const progress = { msg: `token=${token}`, errors: [token], failures: [token], appendfailing: [token] };
  const authorization = "Bearer pod-n1";
  assert.equal(
    (await door.send({ method: "POST", path: wirePaths.progress("p", "n1"), headers: { authorization }, body: JSON.stringify(progress) })).status,
    200,
  );
  assert.equal((await door.send(send(headers, "x"))).status, 200);
  assert.equal(result.problem?.code, "result-missing");
  assert.ok(!JSON.stringify(result).includes("aB3dE5gH7jK9"));
});

test("a worker is told the rules, the key and the nodes, and nobody else is", async (context) => {
  const { door } = await open(context);
  const ask = async (path: string, headers: Record<string, string>) => {
    const { status, body } = await door.send({ method: "GET", path, headers });
    return [status, JSON.parse(body)];
  };
  const hex = key.toString("hex");
  const rules = "rules:\n  - literal: falcon\n";
  assert.deepEqual(await ask(wirePaths.redaction, { authorization: "Bearer pod-n1" }), [200, { privacy: "standard", rules, key: hex, knownNames: ["n1"] }]);
  for (const [path, headers] of [
    [wirePaths.redaction, {}],
    [wirePaths.redaction, { authorization: "Bearer stranger" }],
    [wirePaths.redaction, { "x-asdic-token": "right" }],
  ] as const)
    assert.equal((await ask(path, headers))[0], 401, JSON.stringify([path, headers]));
});
