import assert from "node:assert/strict";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { labels, objectNames } from "../../core/contract/names.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import { packedMagic } from "../../core/archive/packed-frame.ts";
import { splitFrames } from "../core/archive/packed.ts";
import { buildPluginFile } from "./plugin-files.ts";
import type { Outcome } from "./read-outcome.ts";
import { readOutcome } from "./read-outcome.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

/** Each stands in one place, so that what leaks says where it stood. */
const secrets = {
  json: "Zq8vKd3mWp5xRt7",
  yaml: "Yb4nHs9cLf6gJk2",
  log: "Xw7tGv5rDm3zPq8",
  gz: "Uk6jFh2bNc9sMx4",
  tar: "Tp3yRw8eQa5dVg7",
  large: "Sn9mCx4vBk7hLj2",
  encoded: "Rg5fDs3aPo8iUy6",
  progress: "Qe2wZx7cVb9nMk4",
} as const;

/** For single quotes of a shell: what the plugin's file itself holds is not what is looked for here. */
const split = (content: string): string => content.split("").join("''");

/** Writes one of each kind of file into the folder $1. */
const plant = `
mkdir -p $1/sub
echo '{"spec":{"env":[{"name":"DB_PASSWORD","value":"${split(secrets.json)}"}]}}' > $1/facts.json
printf 'user: bob\\npassword: ${split(secrets.yaml)}\\n' > $1/sub/config.yaml
echo 'dial: password=${split(secrets.log)} refused by 10.20.30.40' > $1/app.log
echo 'token=${split(secrets.gz)}' | gzip > $1/old.log.gz
echo 'api_key: ${split(secrets.tar)}' > $1/in.txt; tar -cf $1/all.tar -C $1 in.txt; rm $1/in.txt
yes 'I1122 all is well' | head -n 500000 > $1/large.log; echo 'password=${split(secrets.large)}' >> $1/large.log
echo 'config: ${split(Buffer.from(`clientSecret: ${secrets.encoded}\nuser: somebody-of-the-house\n`).toString("base64"))}' > $1/encoded.txt
`;
const tell = `wget -q -O /dev/null --header 'Content-Type: application/json' --post-data '{"msg":"password=${split(secrets.progress)}"}' http://127.0.0.1:8099/progress`;
const packed = `plant() { ${plant} }; plant $RESULTS_DIR/out; ${tell}; sleep 1`;
const deliver = (name: string): string => `echo $RESULTS_DIR/${name} > $RESULTS_DIR/done`;

describe("secrets in plugins' results", () => {
  const signal = AbortSignal.timeout(240_000);
  let stage: Stage;
  before(async () => {
    stage = await startStage(["node-1", "node-2"].map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })));
  });
  after(() => stage.close());

  const plugins = [
    buildPluginFile({ name: "folder", driver: "DaemonSet", script: `${packed}; ${deliver("out")}` }),
    buildPluginFile({ name: "archive", script: `${packed}; tar -czf $RESULTS_DIR/all.tar.gz -C $RESULTS_DIR/out .; ${deliver("all.tar.gz")}` }),
    buildPluginFile({ name: "single", script: `${packed}; ${deliver("out/facts.json")}` }),
  ];

  async function run(namespace: string, flags: readonly string[]): Promise<{ readonly outcome: Outcome; readonly said: string; readonly aggregator: string }> {
    const files = plugins.map((_, index) => join(stage.folder, `plugin-${index}.yaml`));
    for (const [index, file] of files.entries()) await writeFile(file, JSON.stringify(plugins[index]));
    const tarball = `${namespace}.tar.gz`;
    const ended = await stage.asdic(["run", "--wait", "-n", namespace, "-o", tarball, ...flags, ...files.flatMap((file) => ["-p", file])], signal);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const pod = await stage.until(["v1", "Pod"], { namespace, labelSelector: `${labels.role}=aggregator`, signal, is: () => true });
    const status = await stage.asdic(["status", "--json", "-n", namespace], signal);
    return { outcome: await readOutcome(join(stage.folder, tarball)), said: ended.stdout + ended.stderr + status.stdout, aggregator: nodeOf(pod) };
  }
  const nodeOf = (pod: object): string => text(field(field(pod, "spec"), "nodeName"));

  it("are nowhere: not in the tarball, in what asdic says, or on the aggregator's disk; and what was hidden is counted", async () => {
    const { outcome, said, aggregator } = await run("hidden", []);
    const tarball = await readFile(join(stage.folder, "hidden.tar.gz"));
    assertNone(new Map([["the tarball", tarball], ["the output", Buffer.from(said)], ...outcome.files]));
    const disk = await readTree(stage.nodeFolder(aggregator));
    assert.ok([...disk.keys()].some((path) => path.endsWith(`_asdic_${outcome.status.runId}.tar.gz`)));
    assertNone(disk);
    const places = ["plugins/folder/results/node-1", "plugins/folder/results/node-2", "plugins/archive/results/global"];
    for (const place of places) assert.equal(String(outcome.files.get(`${place}/app.log`)), "dial: password=REDACTED refused by 10.20.30.40\n");
    assert.equal(String(outcome.files.get("plugins/single/results/global/facts.json")), '{"spec":{"env":[{"name":"DB_PASSWORD","value":"REDACTED"}]}}\n');
    const report = JSON.parse(String(outcome.files.get("meta/redaction.json")));
    const names = ["facts.json", "sub/config.yaml", "app.log", "old.log.gz", "all.tar", "large.log", "encoded.txt"];
    for (const name of names) for (const place of places) assert.ok(report.files[`${place}/${name}`] !== undefined, `${place}/${name} is not in the report`);
    assert.deepEqual([report.dropped, report.privacy], [[], "off"]);
    assert.deepEqual(JSON.parse(String(outcome.files.get("meta/manifest.json"))).redaction, { privacy: "off", userRules: 0 });
  });

  it("stay with --no-redact, and the manifest, the report and the command say so", async () => {
    const { outcome, said } = await run("plain", ["--no-redact"]);
    assert.match(String(outcome.files.get("plugins/folder/results/node-1/app.log")), new RegExp(secrets.log));
    assert.equal(JSON.parse(String(outcome.files.get("meta/manifest.json"))).redaction, false);
    assert.equal(outcome.files.get("meta/redaction.json"), undefined);
    assert.match(said, /note: --no-redact: the tarball will hold/);
    const report = await stage.asdic(["report", "plain.tar.gz", "--format", "text"], signal);
    assert.match(report.stdout, /Nothing was hidden in this run/);
  });

  it("and names: with --privacy they are tokens that agree between plugins, and the key lies beside the tarball alone", async () => {
    const rules = join(stage.folder, "rules.yaml");
    await writeFile(rules, "rules:\n  - literal: all is well\n    id: calm-words\n");
    const { outcome, said } = await run("tokens", ["--privacy", "standard", "--redaction-rules", rules]);
    const key = await readFile(join(stage.folder, "tokens.tar.gz.key"), "utf8");
    assert.match(key, /^[0-9a-f]{64}\n$/);
    assert.equal((await stat(join(stage.folder, "tokens.tar.gz.key"))).mode & 0o777, 0o600);
    const places = [...outcome.files.keys()].filter((name) => name.endsWith("/app.log"));
    assert.equal(places.length, 3);
    // Nodes are tokens in paths too.
    assert.ok(!places.some((name) => /\/node-[12]\//.test(name)), places.join());
    const logs = places.map((name) => String(outcome.files.get(name)));
    assert.equal(new Set(logs).size, 1);
    assert.match(logs[0] ?? "", /^dial: password=REDACTED refused by (?!10\.20\.30\.40)[\d.]+\n$/);
    for (const [name, content] of outcome.files)
      for (const form of [key.trim(), Buffer.from(key.trim(), "hex").toString("base64")]) assert.ok(!content.includes(form), name);
    assert.ok(!said.includes(key.trim()));
    const report = JSON.parse(String(outcome.files.get("meta/redaction.json")));
    assert.ok(report.totals["calm-words"] >= 500_000);
    assert.equal(report.userRules, 1);
  });

  it("stay hidden in a result that comes in pieces over a network that breaks, of which each try sends the same bytes", async () => {
    const namespace = "brittle";
    const file = join(stage.folder, "noise.yaml");
    const script = `head -c 1500000 /dev/urandom > $RESULTS_DIR/noise.bin; echo 'password=${split(secrets.log)}' >> $RESULTS_DIR/noise.bin; ${deliver("noise.bin")}`;
    await writeFile(file, JSON.stringify(buildPluginFile({ name: "noise", script })));
    const running = stage.asdic(["run", "--wait", "-n", namespace, "-o", "brittle.tar.gz", "-p", file], signal);
    const isThere = (): boolean => true;
    const service = await stage.until(["v1", "Service"], { namespace, signal, is: ({ metadata }) => metadata.name === objectNames.service });
    const pod = await stage.until(["v1", "Pod"], { namespace, labelSelector: `${labels.role}=aggregator`, signal, is: isThere });
    for (const address of [text(field(field(service, "spec"), "clusterIP")), pod.metadata.uid ?? ""])
      stage.faults.network.limit(address, { breakAfterBytes: 400_000 });
    const { code, stdout, stderr } = await running;
    stage.faults.network.clear();
    assert.equal(code, 0, stdout + stderr);
    const { files, log } = await readOutcome(join(stage.folder, "brittle.tar.gz"));
    assert.ok(log.filter(({ msg }) => msg === "request failed").length >= 3, "connections have been broken");
    assertNone(files);
    const content = files.get("plugins/noise/results/global/noise.bin")?.toString("latin1") ?? "";
    assert.match(content.slice(-50), /password=REDACTED\n$/);
  });
});

/** Fails where one of the secrets stands, raw or encoded, also inside of what is packed. */
function assertNone(files: ReadonlyMap<string, Buffer>): void {
  for (const [name, content] of files)
    for (const layer of unpackAll(content))
      for (const [place, secret] of Object.entries(secrets))
        for (const form of formsOf(secret)) assert.ok(!layer.includes(form), `${place} leaked into ${name}`);
}

const formsOf = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString("hex"),
  // What its base64 has in common wherever it begins.
  ...[0, 1, 2].map((shift) =>
    Buffer.from(" ".repeat(shift) + secret)
      .toString("base64")
      .slice(4, -4),
  ),
];

function unpackAll(content: Buffer): readonly Buffer[] {
  const layers = [content];
  if (content[0] === 0x1f && content[1] === 0x8b) layers.push(gunzipSync(content));
  for (let at = content.indexOf(packedMagic); at !== -1;) {
    const next = content.indexOf(packedMagic, at + 1);
    layers.push(...splitFrames(content.subarray(at, next === -1 ? undefined : next)).map((frame) => frame.content));
    at = next;
  }
  return layers;
}

async function readTree(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
}
