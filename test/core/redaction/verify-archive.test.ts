import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { createArchive } from "../../../core/archive/write-archive.ts";
import { createIdentities } from "../../../core/redaction/identities/identities.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { verifyArchive, type Verification, type Verifying } from "../../../core/redaction/verify-archive.ts";

const secret = "password=hunter2-Zq81mmX0\n";

async function verify(context: TestContext, files: Readonly<Record<string, string | Buffer>>, options: Partial<Verifying> = {}): Promise<Verification> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-verify-"));
  context.after(() => rm(folder, { recursive: true }));
  const archive = await createArchive(join(folder, "a.tar.gz"));
  for (const [name, content] of Object.entries(files)) await archive.add(name, content);
  const found = await verifyArchive(await archive.readBack(), { redactor: createRedactor(), ...options });
  await archive.abandon();
  return found;
}

test("what is still there is found in every file, by name and rule and never by value", async (context) => {
  const { milliseconds, ...found } = await verify(context, {
    "resources/ns/shop/core_v1_pods.json": `{"items":[{"kind":"Pod","note":"${secret.trim()}"}]}`,
    "podlogs/shop/cart/logs/c.txt": `begins\n${secret}${secret}`,
    "podlogs/shop/cart/logs/long.txt": `${"nothing\n".repeat(2_500_000)}${secret}`,
    "plugins/a/results/global/rotated.gz": gzipSync(secret),
    "plugins/a/results/global/clean.txt": "password=REDACTED\n",
  });
  assert.ok(milliseconds >= 0);
  assert.deepEqual(
    found.leaks.map(({ file, count }) => [file, count]),
    [
      ["resources/ns/shop/core_v1_pods.json", 1],
      ["podlogs/shop/cart/logs/c.txt", 2],
      ["podlogs/shop/cart/logs/long.txt", 1],
      ["plugins/a/results/global/rotated.gz", 1],
    ],
  );
  assert.equal(found.files, 5);
  assert.doesNotMatch(JSON.stringify(found), /hunter2/);
});

test("the files of a conformance run are passed over, addresses may be tokens, and a node's name is none", async (context) => {
  const redactor = createRedactor({ identities: createIdentities("standard", Buffer.alloc(32, 1)), knownNames: ["worker-1"] });
  const found = await verify(
    context,
    { "plugins/e2e/results/global/e2e.log": secret, "notes.txt": "from 192.168.7.9\n", "n.txt": "on worker-1\n" },
    { redactor },
  );
  assert.deepEqual([found.files, found.leaks], [2, [{ file: "n.txt", rule: "host", count: 1 }]]);
});

test("what only looks like a name in the raw text of an object is no leak", async (context) => {
  const redactor = createRedactor({ identities: createIdentities("high", Buffer.alloc(32, 1)) });
  const role = JSON.stringify({ kind: "ClusterRole", rules: [{ resources: ["namespaces/finalize", "namespaces/status"] }] });
  assert.deepEqual((await verify(context, { "roles.json": role }, { redactor })).leaks, []);
});

test("of what was searched where it comes from only a sample is read again", async (context) => {
  const large = Buffer.alloc(70 * 1024 ** 2, "nothing\n");
  const { files, trusted } = await verify(context, { "r/1": large, "r/2": large, "s/3": "x" }, { isTrusted: (name) => name.startsWith("r/") });
  assert.deepEqual([files, trusted], [2, { files: 1, bytes: large.length }]);
});

test("what no rule can be tried on counts as found", async (context) => {
  const scan = (): never => {
    throw new Error("a bug");
  };
  const redactor = { ...createRedactor(), scan };
  const { leaks } = await verify(context, { "a.txt": secret }, { redactor });
  assert.deepEqual(leaks, [{ file: "a.txt", rule: "not-searched: a rule failed on it", count: 1 }]);
});
