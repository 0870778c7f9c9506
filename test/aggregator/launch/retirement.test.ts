import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import pLimit from "p-limit";
import type { Launched } from "../../../aggregator/launch/launch.ts";
import { createRetirement } from "../../../aggregator/launch/retirement.ts";
import { createRetiredRecord, parseRetired } from "../../../aggregator/lease/retired-record.ts";
import { createLog } from "../../../aggregator/log.ts";
import type { ExpectedResult } from "../../../aggregator/state/expected-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { createSupervisor } from "../../../aggregator/watch/supervise.ts";
import { definition } from "../../cli/definitions.ts";
import { startObjectServer } from "../../cli/object-server.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { noRedaction } from "../no-redaction.ts";
import { runSpec } from "../run-spec.ts";

const folder = mkdtempSync(join(tmpdir(), "asdic-retirement-"));
after(() => rmSync(folder, { recursive: true }));
const upload = { file: "f", shape: "file", name: "a", size: 1, sha256: "00", announced: true } as const;

/** A retirement on an API server with a pod for each result of these plugins. */
async function start(
  definitions: Parameters<typeof createRetirement>[0]["definitions"],
  nodes: readonly string[] = ["n1"],
  { spec = runSpec, done = [] }: { readonly spec?: RunSpec; readonly done?: readonly string[] } = {},
) {
  const server = await startObjectServer();
  const results = createExpectedResults(() => new Date());
  const supervisor = createSupervisor({
    results,
    namespace: "asdic",
    nodes: { ready: Promise.resolve(), isSynced: () => false, all: () => [], find: () => undefined, onChange: () => () => undefined },
    events: { of: () => [] },
    isNamespaceGoing: () => false,
    containerOf: (plugin) => plugin,
    end: (result, state, problem) => results.update(result, { state, problem }),
    again: () => false,
  });
  const launched = new Map<ExpectedResult, Launched>();
  for (const { name } of definitions)
    for (const node of nodes) {
      const pod = `${name}-${node}`;
      server.put(`/api/v1/namespaces/asdic/pods/${pod}`, { apiVersion: "v1", kind: "Pod", metadata: { name: pod, namespace: "asdic", uid: pod } });
      launched.set(results.expect(name, node), { kind: "Pod", name: pod, uid: pod });
    }
  for (const name of done) results.update(results.expect(name, "n1"), { state: "done", upload });
  const written: string[] = [];
  const inheritance: Record<string, string> = {};
  const annotate = async (changes: Readonly<Record<string, string>>): Promise<void> => {
    written.push(...parseRetired(changes).map(({ plugin, node, code }) => [plugin, node, code ?? "came"].join(" ")), `${pods().length} pods then`);
    Object.assign(inheritance, changes);
  };
  const pods = (): readonly string[] => server.paths().map((path) => path.slice(path.lastIndexOf("/") + 1));
  const retirement = createRetirement({
    cluster: server.cluster,
    spec,
    definitions,
    results,
    supervisor,
    launched,
    retired: createRetiredRecord({ annotate, inheritance }),
    folder,
    redaction: noRedaction,
    limit: pLimit(4),
    log: createLog(join(folder, "run.log"), () => undefined),
    signal: AbortSignal.timeout(20_000),
  });
  const until = async (wanted: readonly string[]): Promise<void> => {
    for (let tries = 0; tries < 2000 && pods().join() !== wanted.join(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(pods(), wanted);
  };
  const result = (plugin: string, node = "n1"): ExpectedResult => results.expect(plugin, node);
  return { results, result, retirement, pods, until, written };
}

describe("the pods of results that have come", () => {
  it("stay until the run is sealed, but for those of plugins that ask to go, which is written down before", async () => {
    const { results, result, retirement, until, written } = await start([definition({ name: "asks", earlyCleanup: true }), definition({ name: "plain" })]);
    for (const name of ["asks", "plain"]) results.update(result(name), { state: "done", upload });
    await until(["plain-n1"]);
    assert.deepEqual(written, ["asks n1 came", "2 pods then"]);
    await retirement.settled();
    await retirement.removeAll();
    await until([]);
  });

  for (const [what, own, left] of [
    ["go at once where there is a volume", { hasVolume: true }, []],
    ["go at once where nodes take turns, but for those of Jobs", { maxNodesAtOnce: 5 }, ["job-n1"]],
  ] as const)
    it(what, async () => {
      const plugins = [definition({ name: "every", driver: "DaemonSet" }), definition({ name: "job" })];
      const { results, result, until } = await start(plugins, ["n1"], { spec: { ...runSpec, ...own } });
      for (const name of ["every", "job"]) results.update(result(name), { state: "done", upload });
      await until(left);
    });

  it("go at once where an earlier life of the aggregator had not come to it", async () => {
    const { until } = await start([definition({ name: "job" })], ["n1"], { spec: { ...runSpec, hasVolume: true }, done: ["job"] });
    await until([]);
  });

  it("stay for ever where the plugin says so", async () => {
    const { results, result, retirement, pods } = await start([definition({ name: "stays", skipCleanup: true, earlyCleanup: true })]);
    results.update(result("stays"), { state: "done", upload });
    await retirement.removeAll();
    assert.deepEqual(pods(), ["stays-n1"]);
  });

  it("go at once where there is nothing in them, but not where it may still come", async () => {
    const { results, result, until, written } = await start([definition({ name: "failed" }), definition({ name: "lost" })]);
    const problem = { code: "image-pull", message: "m" };
    results.update(result("failed"), { state: "failed", problem });
    results.update(result("lost"), { state: "lost", problem: { code: "node-not-ready", message: "m" } });
    await until(["lost-n1"]);
    assert.deepEqual(written, ["failed n1 image-pull", "2 pods then"]);
  });

  it("make room for one that finds none", async () => {
    const { results, result, until } = await start([definition({ name: "first" }), definition({ name: "second" })], ["n1", "n2"]);
    for (const node of ["n1", "n2"]) results.update(result("first", node), { state: "done", upload });
    results.update(result("second", "n2"), { problem: { code: "unschedulable", message: "m" } });
    await until(["first-n1", "second-n1", "second-n2"]);
  });
});
