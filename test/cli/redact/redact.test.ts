import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { redactCommand } from "../../../cli/commands/redact.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { makeTarGz } from "../../core/archive/tar.ts";
import { runCommand } from "../results-report/run-command.ts";
import { readRun } from "../../../reports/read-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-redact-"));
after(() => rm(folder, { recursive: true }));
const fixtures = join(import.meta.dirname, "../../fixtures");

const secret = "hunter2-and-3";
await mkdir(join(folder, "logs/deep"), { recursive: true });
await writeFile(join(folder, "logs/app.log"), `ok\npassword=${secret}\nfrom 10.1.2.3\n`);
await writeFile(join(folder, "logs/deep/values.yaml"), `db:\n  password: ${secret}\n`);
await writeFile(join(folder, "logs/plain.txt"), "nothing\n");
await writeFile(
  join(folder, "run.tar.gz"),
  await makeTarGz([
    { name: "meta/index.ndjson", content: "old\n" },
    {
      name: "resources/cluster/core_v1_nodes.json",
      content: JSON.stringify({ items: [{ kind: "Node", status: { addresses: [{ type: "InternalIP", address: "10.1.2.3" }] } }] }),
    },
    { name: "plugins/e2e/results/global/e2e.log", content: `STEP: password=${secret}\n` },
    { name: "plugins/a/results/n/a.log", content: `token=abcdef-${secret}\n10.1.2.3 said hello\n` },
  ]),
);

const asdic = (...args: readonly string[]) => runCommand(redactCommand, args, { cwd: folder });

async function entriesOf(path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, body } of readArchive(createReadStream(path))) found.set(name, (await buffer(body)).toString());
  return found;
}

test("a tarball becomes one beside it, without its secrets and with a report; the original and conformance files stay", async () => {
  const before = await readFile(join(folder, "run.tar.gz"));
  const { out, err, exitCode } = await asdic("run.tar.gz");
  assert.equal(exitCode, 0);
  assert.ok(!`${out}${err}`.includes(secret));
  assert.match(
    out,
    /^RULE +FOUND +FILES\n.*secret-by-name +2 +2\n.*Not changed, because it must stay to the letter: plugins\/e2e\/results\/global\/e2e\.log\.\n4 places in 3 of 3 files were redacted\.\n.*\/run\.redacted\.tar\.gz\n$/s,
  );
  const entries = await entriesOf(join(folder, "run.redacted.tar.gz"));
  assert.equal(entries.get("plugins/e2e/results/global/e2e.log"), `STEP: password=${secret}\n`);
  assert.match(entries.get("plugins/a/results/n/a.log") ?? "", /^token=REDACTED\n241\.\d+\.\d+\.\d+ said hello\n$/);
  const report = entries.get("meta/redaction.json") ?? "";
  assert.ok(!report.includes(secret) && !report.includes("10.1.2.3"));
  assert.deepEqual(JSON.parse(report).files["plugins/a/results/n/a.log"], { ipv4: 1, "secret-by-name": 1 });
  assert.deepEqual(await readFile(join(folder, "run.tar.gz")), before);
});

test("the key stands beside the output, for its owner alone, is not in the tarball, and gives the same tokens the next time", async () => {
  await asdic("run.tar.gz", "-o", "one.tar.gz");
  const path = join(folder, "one.tar.gz.key");
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const [key, first] = [await readFile(path, "utf8"), await entriesOf(join(folder, "one.tar.gz"))];
  assert.ok(![...first.values()].some((content) => content.includes(key.trim())));
  await asdic("run.tar.gz", "-o", "one.tar.gz");
  const { verified, ...report } = JSON.parse(first.get("meta/redaction.json") ?? "{}");
  assert.deepEqual(verified.leaks, []);
  const { verified: _times, ...again } = JSON.parse((await entriesOf(join(folder, "one.tar.gz"))).get("meta/redaction.json") ?? "{}");
  assert.deepEqual(again, report);
  for (const [name, content] of await entriesOf(join(folder, "one.tar.gz"))) if (!name.startsWith("meta/")) assert.equal(content, first.get(name));
  await asdic("run.tar.gz", "-o", "off.tar.gz", "--privacy", "off");
  assert.ok((await entriesOf(join(folder, "off.tar.gz"))).get("plugins/a/results/n/a.log")?.includes("10.1.2.3"));
  await assert.rejects(stat(join(folder, "off.tar.gz.key")));
});

test("a node's name becomes its token in objects, logs and paths alike", async () => {
  const nodes = { kind: "NodeList", items: [{ kind: "Node", metadata: { name: "worker-7" }, spec: {} }] };
  await writeFile(
    join(folder, "nodes.tar.gz"),
    await makeTarGz([
      { name: "resources/cluster/core_v1_nodes.json", content: JSON.stringify(nodes) },
      { name: "resources/ns/a/core_v1_pods.json", content: JSON.stringify({ items: [{ kind: "Pod", spec: { nodeName: "worker-7" } }] }) },
      { name: "plugins/x/results/worker-7/out.log", content: "on worker-7: ok, not my-worker-77\n" },
    ]),
  );
  await asdic("nodes.tar.gz");
  const entries = await entriesOf(join(folder, "nodes.redacted.tar.gz"));
  const token = /results\/(host-[0-9a-f]{8})\/out\.log/.exec([...entries.keys()].join("\n"))?.[1] ?? assert.fail();
  assert.equal(entries.get(`plugins/x/results/${token}/out.log`), `on ${token}: ok, not my-worker-77\n`);
  assert.equal(JSON.parse(entries.get("resources/cluster/core_v1_nodes.json") ?? "").items[0].metadata.name, token);
  assert.equal(JSON.parse(entries.get("resources/ns/a/core_v1_pods.json") ?? "").items[0].spec.nodeName, token);
  assert.ok(![...entries.values()].some((content) => /(?<!my-)worker-7(?!7)/.test(content)));
});

test("a folder becomes a folder of the same files; links are left out and told", async () => {
  await symlink("/etc/passwd", join(folder, "logs/link")).catch(() => undefined);
  const { out, err } = await asdic("logs");
  assert.match(err, /"link" is left out: it is a symbolic link/);
  assert.match(out, /3 places in 2 of 3 files/);
  assert.deepEqual((await readdir(join(folder, "logs.redacted"), { recursive: true })).toSorted(), [
    "app.log",
    "deep",
    "deep/values.yaml",
    "meta",
    "meta/redaction.json",
    "plain.txt",
  ]);
  assert.equal(await readFile(join(folder, "logs.redacted/deep/values.yaml"), "utf8"), "db:\n  password: REDACTED\n");
});

test("a file becomes a file; with --json the report is all that is printed", async () => {
  const { out } = await asdic("logs/app.log", "--json", "--privacy", "off");
  const { verified, ...report } = JSON.parse(out);
  assert.deepEqual(report, {
    files: { "app.log": { "secret-by-name": 1 } },
    totals: { "secret-by-name": 1 },
    dropped: [],
    kept: [],
    privacy: "off",
    userRules: 0,
  });
  assert.deepEqual([verified.files, verified.leaks, verified.canaries], [1, [], { objects: 0, text: 0, archives: 0 }]);
  assert.equal(await readFile(join(folder, "logs/app.redacted.log"), "utf8"), "ok\npassword=REDACTED\nfrom 10.1.2.3\n");
});

test("a preview shows lines as they would be, writes nothing, and never shows a secret", async () => {
  const before = (await readdir(folder)).length;
  const { out } = await asdic("run.tar.gz", "--preview");
  assert.ok(!out.includes(secret));
  assert.match(out, /plugins\/a\/results\/n\/a\.log:1: token=REDACTED\n/);
  assert.match(out, /places in \d of \d files would be redacted\.\n$/);
  assert.equal((await readdir(folder)).length, before);
});

test("what can't be read is left out, told, and the exit code is 1", async () => {
  await writeFile(join(folder, "broken.json"), `{"password": "${secret}"`);
  const { out, exitCode } = await asdic("broken.json");
  assert.equal(exitCode, 1);
  assert.match(out, /Left out: broken\.json, because it is not what its name says, and can't be read\./);
  assert.ok(!(await readFile(join(folder, "broken.redacted.json"), "utf8")).includes(secret));
});

test("a tarball of Sonobuoy's is read by the report afterwards as before", async () => {
  await cp(join(fixtures, "reports/sonobuoy-v0.53-4-failures.tar.gz"), join(folder, "sonobuoy.tar.gz"));
  await asdic("sonobuoy.tar.gz");
  const [before, behind] = await Promise.all(["sonobuoy.tar.gz", "sonobuoy.redacted.tar.gz"].map((name) => readRun(join(folder, name))));
  assert.deepEqual(
    behind?.plugins.map(({ name, tree }) => [name, tree.status]),
    before?.plugins.map(({ name, tree }) => [name, tree.status]),
  );
});

test("rules of one's own are tried on a sample: what they find is shown, and which found nothing", async () => {
  await writeFile(join(folder, "rules.yaml"), "rules:\n  - {id: employee, regex: 'EMP-[0-9]{6}'}\n  - {id: falcon, literal: falcon}\n");
  await writeFile(join(folder, "sample.log"), "by EMP-123456\n");
  const good = await asdic("test", "rules.yaml", "sample.log");
  assert.deepEqual([good.exitCode, good.err], [0, "falcon found nothing.\n"]);
  assert.match(good.out, /^sample\.log:1: by REDACTED\nRULE +FOUND +FILES\nemployee +1 +1\n/);
  await writeFile(join(folder, "sample.log"), "nothing\n");
  assert.equal((await asdic("test", "rules.yaml", "sample.log")).exitCode, 1);
  const { out } = await asdic("sample.log", "--rules", "rules.yaml", "-o", "s.log");
  assert.match(out, /0 places in 0 of 1 file were redacted/);
});

test("the original is never written over, and nothing is written into the folder that is read", async () => {
  const original = join(folder, "logs/app.log");
  await symlink(original, join(folder, "link-to-app.log"));
  const before = await readFile(original);
  for (const [source, target] of [
    ["logs/app.log", "logs/app.log"],
    ["logs/app.log", "link-to-app.log"],
    ["link-to-app.log", "logs/app.log"],
    ["logs", "logs/deep/out"],
    ["logs", "logs"],
    ["run.tar.gz", "run.tar.gz"],
  ] as const) {
    await assert.rejects(asdic(source, "-o", target), { code: "invalid-file", message: /original|inside the folder/ }, `${source} -o ${target}`);
  }
  assert.deepEqual(await readFile(original), before);
  assert.deepEqual(await readdir(join(folder, "logs/deep")), ["values.yaml"]);
});

test("a preview shows what is hidden, not lines that are only laid out anew", async () => {
  await writeFile(
    join(folder, "settings.json"),
    `{\n  "logging": { "level": "info", "format": "text" },\n  "db": { "host": "pg", "password": "${secret}" }\n}\n`,
  );
  const { out } = await asdic("settings.json", "--preview");
  const shown = out.split("\n").filter((line) => line.startsWith("settings.json:"));
  assert.equal(shown.length, 1, out);
  assert.match(shown[0] ?? "", /"password": "REDACTED"/);
});

test("all that was written is read again, in a folder too, and what the user's own rules let stay is no leak", async () => {
  const allowed = join(folder, "allowed");
  await mkdir(allowed);
  await writeFile(join(allowed, "a.json"), JSON.stringify({ data: { publicToken: "ab12cd34ef56gh78", password: secret } }));
  await writeFile(join(allowed, "README.md"), `password=${secret}\n`);
  await writeFile(join(folder, "allow.yaml"), "allow:\n  - path: data.publicToken\n  - files: 'README*'\n");
  const { out, exitCode } = await asdic("allowed", "--rules", "allow.yaml", "--json");
  const { verified } = JSON.parse(out);
  assert.deepEqual([exitCode, verified.files, verified.leaks], [0, 1, []]);
  assert.deepEqual(JSON.parse(await readFile(join(folder, "allowed.redacted/meta/redaction.json"), "utf8")).verified, verified);
  assert.deepEqual(JSON.parse(await readFile(join(folder, "allowed.redacted/a.json"), "utf8")).data, { publicToken: "ab12cd34ef56gh78", password: "REDACTED" });
});

test("with high privacy a namespace has one token in paths, objects and logs, and fields that a definition marks are hidden", async () => {
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties: { pin: { type: "string", format: "password" } } } } } };
  const definition = { kind: "CustomResourceDefinition", spec: { names: { kind: "Safe" }, versions: [{ name: "v1", schema }] } };
  const safe = { apiVersion: "example.test/v1", kind: "Safe", metadata: { name: "a", namespace: "payroll" }, spec: { pin: "open sesame" } };
  await writeFile(
    join(folder, "high.tar.gz"),
    await makeTarGz([
      { name: "resources/ns/payroll/example.test_v1_safes.json", content: JSON.stringify({ items: [safe] }) },
      { name: "resources/cluster/apiextensions.k8s.io_v1_customresourcedefinitions.json", content: JSON.stringify({ items: [definition] }) },
      { name: "podlogs/payroll/a-0/logs/a.txt", content: "payroll/a-0 is ready\n" },
    ]),
  );
  await asdic("high.tar.gz", "--privacy", "high");
  const entries = await entriesOf(join(folder, "high.redacted.tar.gz"));
  const token = /resources\/ns\/(namespace-[0-9a-f]{8})\//.exec([...entries.keys()].join("\n"))?.[1] ?? assert.fail();
  const [item] = JSON.parse(entries.get(`resources/ns/${token}/example.test_v1_safes.json`) ?? "{}").items;
  assert.deepEqual([item.metadata.namespace, item.spec.pin], [token, "REDACTED"]);
  assert.equal(entries.get(`podlogs/${token}/a-0/logs/a.txt`), `${token}/a-0 is ready\n`);
});

test("files whose names hold secrets keep apart without them, in folders and tarballs", async () => {
  const names = ["password=hunter2-Zq81mmX0", "password=Kx93nPw2-hunter3"];
  await mkdir(join(folder, "named"));
  for (const name of names) await writeFile(join(folder, "named", name), name.slice(-4));
  await writeFile(join(folder, "named.tar.gz"), await makeTarGz(names.map((name) => ({ name: `plugins/x/results/global/${name}`, content: name.slice(-4) }))));
  for (const [path, privacy] of [
    ["named", "off"],
    ["named.tar.gz", "standard"],
  ] as const)
    assert.equal((await asdic(path, "--privacy", privacy)).exitCode, 0);
  const inFolder = (await readdir(join(folder, "named.redacted"))).filter((name) => name !== "meta");
  assert.deepEqual(inFolder.toSorted(), ["password=REDACTED", "password=REDACTED~2"]);
  const entries = await entriesOf(join(folder, "named.redacted.tar.gz"));
  assert.deepEqual(
    ["", "~2"].map((end) => entries.get(`plugins/x/results/global/password=REDACTED${end}`)),
    ["REDACTED", "REDACTED"],
  );
});
