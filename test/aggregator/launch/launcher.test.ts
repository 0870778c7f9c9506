import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { openJournal } from "../../../aggregator/ingest/journal.ts";
import { createLauncher } from "../../../aggregator/launch/launcher.ts";
import { createLog } from "../../../aggregator/log.ts";
import { replayJournal } from "../../../aggregator/replay-journal.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { createSupervisor } from "../../../aggregator/watch/supervise.ts";
import { parsePluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { startObjectServer } from "../../cli/object-server.ts";
import { noRedaction } from "../no-redaction.ts";
import { runSpec } from "../run-spec.ts";

const folder = mkdtempSync(join(tmpdir(), "asdic-launcher-"));
const parsed = parsePluginDefinition({ "sonobuoy-config": { driver: "Job", "plugin-name": "example" }, spec: { image: "x" } });
if ("problems" in parsed) throw new Error("the definition is wrong");
const { definition } = parsed;
const namespaced = `/api/v1/namespaces/${runSpec.namespace}`;
const jobs = `/apis/batch/v1/namespaces/${runSpec.namespace}/jobs`;
const problem = { code: "kubelet-refused", message: "there is no room" };

/** A launcher on an API server that refuses the first pods, and all around it. */
async function start(refusals = 0) {
  let left = refusals;
  const server = await startObjectServer(({ method, path }) => (method === "POST" && path.endsWith("/pods") && left-- > 0 ? 403 : undefined));
  server.put(`${namespaced}/configmaps/asdic-run`, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "asdic-run", namespace: runSpec.namespace } });
  const stop = new AbortController();
  after(() => stop.abort());
  const journalFile = join(mkdtempSync(join(folder, "j-")), "journal.ndjson");
  const journal = await openJournal(journalFile);
  const results = createExpectedResults(() => new Date());
  const supervisor = createSupervisor({
    results,
    namespace: runSpec.namespace,
    nodes: { ready: Promise.resolve(), isSynced: () => true, all: () => [], find: () => undefined, onChange: () => () => undefined },
    events: { of: () => [] },
    isNamespaceGoing: () => false,
    containerOf: (plugin) => plugin,
    end: (result, state, why) => results.update(result, { state, problem: why }),
    again: () => false,
  });
  const log = createLog(join(folder, "run.log"), () => undefined);
  const deps = {
    cluster: server.cluster,
    spec: runSpec,
    definitions: [definition],
    results,
    supervisor,
    folders: { tree: folder },
    redaction: noRedaction,
    ca: "PEM",
    aggregatorUrls: ["https://a"],
  };
  const launcher = await createLauncher({ ...deps, survivors: new Map(), retired: { add: () => Promise.resolve() }, journal, log, signal: stop.signal });
  const result = results.expect("example", "global");
  const begin = () => launcher.start(result, { definition, progressPort: 8099, deadlineSeconds: 60 });
  return { server, launcher, results, result, begin, journalFile, supervisor };
}

const jobsOf = (paths: readonly string[]): readonly string[] => paths.filter((path) => path.startsWith(jobs)).map((path) => path.slice(jobs.length + 1));

describe("the launcher", () => {
  it("makes a Job whose pod was lost before its plugin had run once more, under another name, and not a third time", async () => {
    const { server, launcher, results, result, begin, journalFile } = await start();
    await begin();
    const [first = ""] = jobsOf(server.paths());
    assert.equal(launcher.again(result, problem), true);
    await results.until(() => result.tries === 2, AbortSignal.timeout(20_000));
    for (let tries = 0; tries < 1000 && jobsOf(server.paths())[0] !== `${first}-2`; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(jobsOf(server.paths()), [`${first}-2`]);
    assert.equal(launcher.again(result, problem), false);
    const replayed = createExpectedResults(() => new Date());
    replayJournal(await openJournal(journalFile), replayed);
    assert.equal(replayed.find("example", "global")?.tries, 2, "an aggregator that starts anew goes on with the second");
  });

  it("never makes a Job again of which something has run", async () => {
    const { launcher, results, result, begin } = await start();
    await begin();
    results.update(result, { hasRun: true });
    assert.equal(launcher.again(result, problem), false);
  });

  it("tries again what the API server refused, and shows the refusal meanwhile", async () => {
    const { server, results, result, begin } = await start(1);
    const beginning = begin();
    await results.until(() => result.problem !== undefined, AbortSignal.timeout(20_000));
    assert.equal(result.problem?.code, "object-refused");
    await beginning;
    assert.deepEqual([result.problem, jobsOf(server.paths()).length], [undefined, 1]);
  });

  it("stops trying once the result has ended", async () => {
    const { server, results, result, begin } = await start(100);
    const beginning = begin();
    await results.until(() => result.problem !== undefined, AbortSignal.timeout(20_000));
    results.update(result, { state: "failed" });
    await beginning;
    assert.deepEqual(jobsOf(server.paths()), []);
  });
});
