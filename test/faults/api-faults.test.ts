import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { globalNode, objectNames } from "../../core/contract/names.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { field, list, text } from "../../core/kubernetes/field.ts";
import type { ApiFaults } from "../../embedded/api/http/faults.ts";
import { everywhere, fine, healthySize } from "./matrix/healthy.ts";
import { checkHealthy } from "./matrix/check-row.ts";
import { world } from "./matrix/world.ts";
import type { PluginFile } from "./plugin-files.ts";
import { buildPluginFile, deliver } from "./plugin-files.ts";
import type { Outcome } from "./read-outcome.ts";
import { readOutcome } from "./read-outcome.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

/** At work for longer than an aggregator goes on without renewing its lease. */
const busy = { name: "busy", script: `sleep 22; ${deliver("busy", healthySize)}` } as const;

/** A trouble between the API server and a run that has begun; `missing` are the queries that the tarball must say have failed; left out, it depends on how many troubles are left for them. */
type Trouble = {
  readonly name: string;
  readonly make: (api: ApiFaults, user: string) => void;
  readonly also?: readonly PluginFile[];
  readonly missing?: readonly string[];
  /** What the aggregator says of it. */
  readonly logs?: RegExp;
};

const troubles: readonly Trouble[] = [
  { name: "429", make: (api, user) => api.answer({ status: 429, on: { user, times: 20 } }) },
  { name: "500", make: (api, user) => api.answer({ status: 500, on: { user, times: 10 } }) },
  { name: "503", make: (api, user) => api.answer({ status: 503, on: { user, times: 10 } }) },
  { name: "disconnects", make: (api, user) => api.disconnect({ user, times: 10 }) },
  { name: "cut-answers", make: (api, user) => api.cutAfter(700, { user, times: 10 }) },
  { name: "closed-watches", make: (api) => api.closeWatches(), missing: [] },
  {
    name: "compaction",
    make: (api) => {
      api.compact();
      api.closeWatches();
    },
    missing: [],
  },
  { name: "denied-verb", make: (api, user) => api.deny("list", "events", user), missing: ["core_v1_events"] },
  // The aggregator's container ends, starts again and goes on from its journal.
  {
    name: "outage",
    make: (api, user) => {
      api.disconnect({ user, times: Infinity });
      setTimeout(() => api.clear(), 14_000);
    },
    also: [busy],
    logs: /"going on from the journal"/,
  },
  { name: "broken-group", make: (api) => api.breakGroup("metrics.k8s.io"), missing: [] },
];

describe("workers are known by the cluster's keys", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(world);
  });
  after(() => stage?.close());
  const asked = async (name: string): Promise<number> => {
    let reviews = 0;
    const over = new AbortController();
    const counting = stage.untilRequest(({ path }) => path.includes("tokenreviews") && (reviews++, false), over.signal).catch(() => undefined);
    const { run } = await runWith(stage, { name, make: () => undefined });
    over.abort();
    await counting;
    assert.equal(run.code, 0, run.stdout + run.stderr);
    return reviews;
  };

  it("without asking the API server about each", async () => assert.equal(await asked("keys"), 0));

  it("and by its word where its clock is ahead of the aggregator's", async () => {
    stage.faults.clock.move(600_000);
    assert.notEqual(await asked("ahead"), 0);
  });
});

describe("a run in the middle of which the API server has trouble completes, or says what is missing", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(world);
  });
  after(() => stage?.close());
  for (const trouble of troubles)
    it(trouble.name, async () => {
      const { missing, logs } = trouble;
      const { run, outcome } = await runWith(stage, trouble);
      assert.equal(run.code, 0, run.stdout + run.stderr);
      checkHealthy({ run, outcome, provoked: new Map() });
      if (logs) assert.match(String(outcome.files.get(tarballPaths.runLog)), logs);
      if (missing) assert.deepEqual([...new Set(readFailedQueries(outcome))], missing);
    });
});

async function runWith(
  stage: Stage,
  { name, make, also = [] }: Pick<Trouble, "name" | "make" | "also">,
): Promise<{ readonly run: Awaited<ReturnType<Stage["asdic"]>>; readonly outcome: Outcome }> {
  const folder = join(stage.folder, name);
  await mkdir(folder);
  for (const plugin of [fine, everywhere, ...also]) await writeFile(join(folder, `${plugin.name}.yaml`), JSON.stringify(buildPluginFile(plugin)));
  const over = new AbortController();
  const user = `system:serviceaccount:${name}:${objectNames.aggregator}`;
  // The Job is made by then, so that the run is in its middle.
  const broken = stage
    .untilPod(fine.name, { namespace: name, signal: over.signal, is: ({ nodeName }) => nodeName !== undefined })
    .then(() => make(stage.faults.api, user));
  const tarball = join(stage.folder, `${name}.tar.gz`);
  const run = await stage.asdic(["run", "--wait", "--no-redact", "--no-snapshot", "-n", name, "-p", folder, "-o", tarball, "--node-selector", "scene=calm"]);
  over.abort();
  await broken;
  stage.faults.api.clear();
  const outcome = await readOutcome(tarball).catch((error: unknown) => assert.fail(`${String(error)}\n${run.stdout}${run.stderr}`));
  const { state, ...rest } = outcome.result(fine.name, globalNode);
  assert.equal(state, "done", `${JSON.stringify(rest)}\n${run.stdout}${run.stderr}\n${String(outcome.files.get(tarballPaths.runLog))}`);
  return { run, outcome };
}

/** What could not be read of the cluster, as the tarball says. */
function readFailedQueries({ files }: Outcome): readonly string[] {
  const queries: unknown = JSON.parse(String(files.get(tarballPaths.queryTime)));
  return list(queries).flatMap((query) => (text(field(query, "error")) === "" ? [] : text(field(query, "queryobj"))));
}
