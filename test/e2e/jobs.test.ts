import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertGolden } from "../golden.ts";
import { kubectl, pluginFile, renderListing, renderTree, runToEnd, usePlace } from "./asdic.ts";
import type { Ended } from "./asdic.ts";

describe("Job plugins of Sonobuoy's format", () => {
  const place = usePlace("jobs");
  const { namespace } = place;
  let run: Ended;
  let files: Map<string, Buffer>;
  before(async () => {
    ({ run, files } = await runToEnd(place, [
      "-p",
      pluginFile("jobs"),
      "--plugin-env",
      "environment.MY_REMOVED=",
      "--plugin-env",
      "environment.MY_ADDED=by a flag",
    ]));
  });
  const file = (name: string): string => files.get(name)?.toString() ?? `${name} is missing`;

  it("ends with 4, because some plugins did not deliver, and names each of them with its reason", () => {
    assert.equal(run.code, 4, run.stdout + run.stderr);
    assert.match(run.stdout + run.stderr, /exit-seven.*exit code 7/s);
    assert.match(run.stdout + run.stderr, /done-nowhere/);
  });

  it("writes Sonobuoy's paths, manifest first, status and index last", () => {
    const names = [...files.keys()];
    assert.equal(names[0], "meta/manifest.json");
    assert.deepEqual(names.slice(-4), ["meta/status.json", "meta/redaction.json", "meta/index.ndjson", "meta/index.at"]);
    assertGolden("e2e/jobs/listing.txt", renderListing(names, namespace));
  });

  const plugins = [
    "done-file",
    "done-folder",
    "done-again",
    "exit-zero",
    "exit-seven",
    "junit",
    "e2e-format",
    "gojson",
    "manual",
    "all-skipped",
    "environment",
    "user-1000",
    "root-private",
    "progress-full",
    "skip-cleanup",
    "done-nowhere",
  ];
  for (const plugin of plugins)
    it(`gives ${plugin} its result tree`, () => {
      assertGolden(`e2e/jobs/${plugin}.yaml`, renderTree(files.get(`plugins/${plugin}/sonobuoy_results.yaml`)));
    });

  it("takes the second done file when the first was taken back", () => {
    assert.equal(file("plugins/done-again/results/global/second.txt"), "second\n");
    assert.equal(files.has("plugins/done-again/results/global/first.txt"), false);
  });

  it("sends neither links nor what they point at", () => {
    const names = [...files.keys()].filter((name) => name.startsWith("plugins/done-folder/results/"));
    assert.deepEqual(names.map((name) => name.slice("plugins/done-folder/results/global/".length)).toSorted(), [
      "a.txt",
      "deep/er/b.txt",
      "deep/results.tar.gz",
    ]);
  });

  it("collects what a failed plugin left behind, and its log", () => {
    assert.equal(file("plugins/exit-seven/results/global/partial.txt"), "partial\n");
    assert.match(file("plugins/exit-seven/errors/global/error.json"), /"code": "crashed"/);
    const log = [...files].find(
      ([name]) => (name.startsWith(`podlogs/${namespace}/asdic-exit-seven-`) && name.endsWith("/plugin.txt")) || name.endsWith("/exit-seven.txt"),
    );
    assert.equal(log?.[1].toString(), "its last words\n");
  });

  it("gives plugins the environment, config map, extra volume and version that Sonobuoy gives them", async () => {
    const { gitVersion } = JSON.parse(await kubectl("get", "--raw", "/version"));
    const environment = file("plugins/environment/results/global/env.txt").split("\n").filter(Boolean);
    assert.deepEqual(environment, [
      "MY_ADDED=by a flag",
      "MY_SETTING=from the file",
      "RESULTS_DIR=/tmp/sonobuoy/results",
      "SONOBUOY=true",
      "SONOBUOY_CONFIG_DIR=/tmp/sonobuoy/config",
      `SONOBUOY_K8S_VERSION=${gitVersion}`,
      "SONOBUOY_PROGRESS_PORT=8099",
      "SONOBUOY_RESULTS_DIR=/tmp/sonobuoy/results",
    ]);
    assert.equal(file("plugins/environment/results/global/greeting.txt"), "hello from the config map");
    assert.equal(file("plugins/environment/results/global/settings.json"), '{"a": 1}');
    assert.equal(file("plugins/environment/results/global/scratch.txt"), "tmpfs\n");
  });

  it("reads the files of plugins that close them to others", () => {
    assert.equal(file("plugins/user-1000/results/global/own.txt"), "1000\n");
    assert.equal(file("plugins/root-private/results/global/f.txt"), "secret-ish\n");
  });

  it("keeps the last progress in the status", () => {
    const status = JSON.parse(file("meta/status.json"));
    const { progress } = status.results.find(({ plugin }: { plugin: string }) => plugin === "progress-full");
    assert.deepEqual([progress.msg, progress.total, progress.completed, progress.failures], ["half way", 4, 1, ["the third"]]);
  });

  it("removes every plugin's pod but the one with skip-cleanup", async () => {
    await kubectl("wait", "--for=delete", "pods", "-n", namespace, "-l", "sonobuoy-component=plugin,sonobuoy-plugin!=skip-cleanup", "--timeout=30s");
    const left = await kubectl("get", "pods", "-n", namespace, "-l", "sonobuoy-component=plugin", "-o", "jsonpath={.items[*].metadata.labels.sonobuoy-plugin}");
    assert.equal(left, "skip-cleanup");
  });
});
