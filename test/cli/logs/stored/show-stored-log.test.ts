import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { logsCommand } from "../../../../cli/commands/logs.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { writeTarball } from "../../../reports/small-run.ts";
import { storedCoverage, storedSnapshot } from "../../get/stored-cluster.ts";
import { runCommand } from "../../results-report/run-command.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-stored-logs-"));
after(() => rm(folder, { recursive: true }));
await writeTarball(folder, "ours.tar.gz", storedSnapshot);
const { options } = storedCoverage;
const stamped = { ...storedCoverage, options: { ...options, logs: { ...options.logs, timestamps: true, tailLines: 7 } } };
const lines = ["2026-11-21T09:00:00.123456789Z one", "2026-11-21T09:00:01Z 2026-11-20T00:00:00Z two"];
await writeTarball(folder, "stamped.tar.gz", [
  ["podlogs/a/twin/logs/c.txt", `${lines.join("\n")}\n`],
  ["podlogs/b/twin/logs/c.txt", "no end"],
  ["meta/snapshot.json", JSON.stringify(stamped)],
]);
const workloads = [
  { metadata: { name: "web", namespace: "shop" }, spec: { selector: { matchLabels: { app: "web" } } } },
  { metadata: { name: "other", namespace: "shop" }, spec: { selector: { matchLabels: { app: "other" } } } },
  { metadata: { name: "odd", namespace: "shop" }, spec: {} },
];
await writeTarball(folder, "workloads.tar.gz", [
  ["resources/ns/shop/apps_v1_deployments.json", JSON.stringify({ apiVersion: "v1", kind: "List", items: workloads })],
  ...storedSnapshot,
]);
const logs = (call: string, file = "ours.tar.gz", isTerminal = false): ReturnType<typeof runCommand> =>
  runCommand(logsCommand, [...call.split(" "), "-F", file], { cwd: folder, isTerminal });

test("a log is printed without what the snapshot said at its end, which is told beside it", async () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["web-0", "one\ntwo\nthree\n", /Of container main; the others are: side\.\nThis log goes on, and was cut here after 14 bytes\./],
    ["pod/web-0 -n shop -c side", "said beside\n", /^$/],
    ["web-0 -c main --tail 1", "three\n", /cut here after 14 bytes/],
    ["web-0 -c main --tail 0", "", /cut here after 14 bytes/],
    ["po/web-0 side -n shop", "said beside\n", /^$/],
    ["web-1", "again\n", /^$/],
    ["web-1 --previous", "\u001b[31mdied\n", /^$/],
  ];
  for (const [call, expected, said] of cases) {
    const { out, err, exitCode } = await logs(call);
    assert.deepEqual([out, exitCode], [expected, 0], call);
    assert.match(err, said, call);
  }
  const { out } = await logs("web-1 --previous", "ours.tar.gz", true);
  assert.equal(out, "\\u{1b}[31mdied\n");
});

test("of what selects pods it is the first of them that has logs, and how many there are is said", async () => {
  const { out, err } = await logs("deploy/web -n shop -c main --tail 1", "workloads.tar.gz");
  assert.deepEqual([out, err.split("\n")[0]], ["three\n", "Of pod web-0, the first of 2 that deploy/web has logs of."]);
  const cases: readonly (readonly [string, RegExp])[] = [
    ["deploy/other -n shop", /deploy\/other has no pod of which there is a log/],
    ["deploy/odd -n shop", /selects no pods/],
    ["deploy/none -n shop", /is not among the tarball's objects/],
    ["deploy/", /is not of the form TYPE\/NAME/],
    ["depoy/web", /did you mean/],
    ["web-0 main -c side", /named by -c already/],
  ];
  for (const [call, message] of cases)
    await assert.rejects(logs(call, "workloads.tar.gz"), (error) => isKnownError(error) && error.exitCode === 2 && message.test(error.message), call);
});

test("times are shown where they were stored and are wanted, and what was never taken is said", async () => {
  const plain = await logs("twin -n a", "stamped.tar.gz");
  assert.equal(plain.out, "one\n2026-11-20T00:00:00Z two\n");
  assert.match(plain.err, /at most the last 7 lines/);
  assert.equal((await logs("twin -n a --timestamps", "stamped.tar.gz")).out, `${lines.join("\n")}\n`);
  assert.equal((await logs("twin -n b", "stamped.tar.gz")).out, "no end\n");
});

test("what is wrong is told with what there is", async () => {
  const cases: readonly (readonly [string, RegExp, string?])[] = [
    ["nobody", /holds no log of pod "nobody"/],
    ["web-0 -n default", /holds no log of pod "web-0" in namespace default/],
    ["web-0 --previous", /no earlier log of pod "web-0": no container of it was started again/],
    ["web-0 -c nothing", /no log of container "nothing"/],
    ["web-0 --timestamps", /without their lines' times/],
    ["web-0 -p smoke", /--plugin and --file/],
    ["twin", /is in several namespaces: a, b/, "stamped.tar.gz"],
  ];
  for (const [call, message, file] of cases)
    await assert.rejects(logs(call, file), (error) => {
      assert.ok(isKnownError(error), call);
      assert.match(error.message, message);
      assert.equal(error.exitCode, 2);
      return true;
    });
});
