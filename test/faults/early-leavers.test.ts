import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { labels } from "../../core/contract/names.ts";
import { buildPluginFile } from "./plugin-files.ts";
import type { Outcome } from "./read-outcome.ts";
import { readOutcome } from "./read-outcome.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

const nodes = ["node-1", "node-2", "node-3", "node-4", "node-5", "node-6"];
const world = [
  ...nodes.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })),
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "folder", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "asdic.dev/folder",
  },
  { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "unserved" }, provisioner: "example.test/nobody" },
];

/** A class that nobody serves binds no claim. */
const neverBound = ["run", "-n", "unbound", "-p", "node-facts", "--storage-class", "unserved"];

const deliver = "echo $NODE > $RESULTS_DIR/out.txt; echo $RESULTS_DIR/out.txt > $RESULTS_DIR/done; sleep 3600";

describe("an aggregator that is lost after workers have left", { concurrency: true }, () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(world);
  });
  after(() => stage.close());

  /** A run whose aggregator is deleted without a word once so many pods of plugin "quick" have gone. */
  async function play(namespace: string, { flags, gone }: { readonly flags: readonly string[]; readonly gone: number }) {
    const signal = AbortSignal.timeout(280_000);
    const tarball = join(stage.folder, `${namespace}.tar.gz`);
    const files = Object.entries({ quick: deliver, slow: `sleep 12; ${deliver}` }).map(([name, script]) => {
      const path = join(stage.folder, `${namespace}-${name}.yaml`);
      return { path, text: JSON.stringify(buildPluginFile({ name, driver: "DaemonSet", script })) };
    });
    for (const { path, text } of files) await writeFile(path, text);
    const run = stage.asdic(
      ["run", "--wait", "--no-redact", "--no-snapshot", "-n", namespace, ...files.flatMap(({ path }) => ["-p", path]), "-o", tarball, ...flags],
      signal,
    );
    const left = new Set<string>();
    await stage.until(["v1", "Pod"], {
      namespace,
      labelSelector: `${labels.plugin}=quick`,
      signal,
      is: ({ metadata }, type) => type === "DELETED" && left.add(metadata.name).size >= gone,
    });
    const isRunning = { namespace, labelSelector: `${labels.role}=aggregator`, signal, is: () => true };
    const { metadata } = await stage.until(["v1", "Pod"], isRunning);
    stage.faults.pod.delete({ namespace, name: metadata.name });
    const { code, stdout, stderr } = await run;
    return { code, told: stdout + stderr, outcome: await readOutcome(tarball), left };
  }

  const states = ({ status }: Outcome, plugin: string): readonly string[] =>
    status.results.filter((result) => result.plugin === plugin).map(({ state, code }) => (code === undefined ? state : `${state} ${code}`));

  it("costs nothing where there is a volume: the next one goes on from the journal, and nothing is gathered again", async () => {
    const { code, told, outcome } = await play("volume", { flags: ["--storage-class", "default", "--storage-size", "1Gi"], gone: nodes.length });
    assert.equal(code, 0, told);
    assert.deepEqual([...states(outcome, "quick"), ...states(outcome, "slow")], Array(2 * nodes.length).fill("done"));
    const said = (msg: string, plugin?: string): number => outcome.log.filter((line) => line.msg === msg && line.plugin === plugin).length;
    assert.deepEqual(
      [said("aggregator started"), said("going on from the journal"), said("started", "quick"), said("result accepted", "quick")],
      [2, 1, nodes.length, nodes.length],
    );
    for (const node of nodes) assert.equal(String(outcome.files.get(`plugins/quick/results/${node}/out.txt`)), `${node}\n`);
    const deleted = await stage.asdic(["delete", "-n", "volume", "--wait"]);
    assert.equal(deleted.code, 0, deleted.stderr);
    for (const [kind, selection] of [
      ["PersistentVolumeClaim", { namespace: "volume" }],
      ["PersistentVolume", {}],
    ] as const)
      assert.deepEqual(stage.api.list(stage.api.types.ofKind("v1", kind) ?? assert.fail(`there is no ${kind}`), selection), []);
  });

  it("does not begin without its volume, and who waits is told why", async () => {
    const signal = AbortSignal.timeout(280_000);
    assert.equal((await stage.asdic(neverBound, signal)).code, 0);
    const waited = await stage.asdic(["wait", "-n", "unbound", "--timeout", "6s"], signal);
    assert.equal(waited.code, 4, waited.stderr);
    assert.match(waited.stdout, /does not get its volume: .*unbound immediate PersistentVolumeClaims.*ExternalProvisioning: .*'example.test\/nobody'/);
    const missing = await stage.asdic(["run", "-n", "missing", "-p", "node-facts", "--storage-class", "fast"], signal);
    assert.equal(missing.code, 3, missing.stdout);
    assert.match(missing.stderr, /There is no StorageClass fast.*there are folder, unserved/);
  });

  it("is named for each result that went with it where nodes took turns, and the run is incomplete", async () => {
    const { code, told, outcome, left } = await play("turns", { flags: ["--max-nodes-at-once", "3"], gone: 1 });
    assert.equal(code, 4, told);
    assert.equal(outcome.status.outcome, "incomplete");
    const [lost, done] = ["lost lost-with-aggregator", "done"];
    const all = [...states(outcome, "quick"), ...states(outcome, "slow")];
    assert.equal(all.length, 2 * nodes.length);
    assert.deepEqual(new Set(all), new Set([lost, done]));
    assert.ok(all.filter((state) => state === lost).length >= left.size);
    assert.match(
      outcome.result("quick", outcome.status.results.find(({ state }) => state === "lost")?.node ?? "").message ?? "",
      /lost with an earlier aggregator/,
    );
  });
});
