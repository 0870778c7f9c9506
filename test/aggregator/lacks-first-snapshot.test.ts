import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { lacksFirstSnapshot } from "../../aggregator/lacks-first-snapshot.ts";
import { createExpectedResults } from "../../aggregator/state/expected-results.ts";
import { annotations } from "../../core/contract/names.ts";
import { snapshotDefaults } from "../../core/contract/snapshot-defaults.ts";

const expected = { [annotations.expected]: gzipSync(JSON.stringify({ e2e: ["node-1"] })).toString("base64") };

const cases: readonly (readonly [
  what: string,
  earlier: { inherited?: boolean; survivors?: boolean; notes?: Record<string, string>; file?: string; when?: "before" | "both" | "after"; running?: boolean },
  lacks: boolean,
  warns: boolean,
])[] = [
  ["the first aggregator takes it", { inherited: false }, true, false],
  ["one that comes after a loss before the plugins takes it", {}, true, false],
  ["a whole one is kept", { file: "before/meta/snapshot.json" }, false, false],
  ["a whole one is kept where there is no other", { when: "before", file: "meta/snapshot.json" }, false, false],
  ["half of one is taken again", { file: "before/resources/cluster/core_v1_nodes.json" }, true, false],
  ["it is too late once there are pods", { survivors: true }, false, true],
  ["it is too late once nodes are expected", { notes: expected }, false, true],
  ["it is too late once a result is on its way", { running: true }, false, true],
  ["nothing is said where none is wanted", { when: "after", survivors: true }, true, false],
];
for (const [what, { inherited = true, survivors = false, notes = {}, file, when = "both", running = false }, lacks, warns] of cases)
  test(what, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), "asdic-before-"));
    context.after(() => rm(folder, { recursive: true }));
    if (file !== undefined) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), "{}");
    }
    const results = createExpectedResults(() => new Date());
    if (running) results.update(results.expect("e2e", "node-1"), { state: "running" });
    const said: string[] = [];
    const found = lacksFirstSnapshot({
      spec: { snapshot: { when, options: snapshotDefaults } },
      folder,
      lease: { isInherited: inherited, inheritance: notes },
      hasSurvivors: survivors,
      results,
      log: { warn: (message) => void said.push(message) },
    });
    assert.deepEqual([found, said.length > 0], [lacks, warns]);
  });
