import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readLine } from "./config-line.ts";

const files = { "nightly.yaml": readFileSync(join(import.meta.dirname, "../../../fixtures/config/nightly.yaml"), "utf8") };
const nightly = {
  plugin: ["node-facts", "conformance"],
  permissions: "admin",
  pluginEnv: ["conformance.E2E_PROVIDER=skeleton"],
  mode: "certified-conformance",
  e2eParallel: true,
  nodeSelector: ["pool=tests"],
  timeout: "7200",
  imagePullPolicy: "Always",
  namespace: "nightly",
};

test("a config file says what flags say, over their defaults", async () => {
  const { flags, notes } = await readLine(["--config", "nightly.yaml"], files);
  assert.deepEqual([{ ...flags, ...nightly }, notes], [flags, ""]);
});

test("what is typed wins, before and after --config, also where it is the default", async () => {
  const typed = ["-n", "asdic", "-p", "smoke", "--timeout", "1h", "--no-rbac"];
  for (const words of [
    [...typed, "--config", "nightly.yaml"],
    ["--config", "nightly.yaml", ...typed],
  ]) {
    const { flags } = await readLine(words, files);
    const expected = { ...nightly, namespace: "asdic", plugin: ["smoke"], timeout: "1h", rbac: false };
    assert.deepEqual({ ...flags, ...expected }, flags);
  }
});

const alternatives: readonly (readonly [words: readonly string[], text: string, unused: readonly string[], note: RegExp])[] = [
  [
    ["--mode", "quick"],
    "{e2eFocus: a, e2eSkip: b, timeout: 1h}",
    ["e2eFocus", "e2eSkip"],
    /^note: file: e2eFocus is not used, because --mode was typed\.\nnote: file: e2eSkip/,
  ],
  [["--e2e-skip", "a"], "{rerunFailed: run.tar.gz, timeout: 1h}", ["rerunFailed"], /rerunFailed is not used, because --e2e-skip was typed/],
  [["--e2e-repo", "a"], "{e2eRepoConfig: b, timeout: 1h}", ["e2eRepoConfig"], /because --e2e-repo was typed/],
  [["--aggregator-permissions", "clusterRead"], "{permissions: none, timeout: 1h}", ["permissions"], /because --aggregator-permissions was typed/],
];
for (const [words, text, unused, note] of alternatives)
  test(`${words.join(" ")} takes the place of ${unused.join(" and ")} of the file, and a note says so`, async () => {
    const { flags, notes } = await readLine(["--config", "file", ...words], { file: text });
    assert.deepEqual([Object.keys(flags).filter((name) => unused.includes(name)), flags.timeout], [[], "1h"]);
    assert.match(notes, note);
  });

test("without --config nothing is read", async () => assert.deepEqual((await readLine(["-n", "a"], {})).flags.namespace, "a"));
