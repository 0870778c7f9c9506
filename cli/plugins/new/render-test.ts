import type { NewPlugin } from "./build-plugin-folder.ts";

/** test.mjs: runs the plugin's script in an embedded cluster and looks at its results. */
export const renderTest = ({ name, usesApi }: NewPlugin): string => `#!/usr/bin/env node
// Runs the plugin in asdic's embedded cluster, which needs no other: node test.mjs (on Linux). ASDIC names the command, if it isn't asdic.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [asdic, ...first] = (process.env.ASDIC ?? "asdic").split(" ");
const folder = mkdtempSync(join(tmpdir(), "plugin-test-"));
try {
  const plugin = JSON.parse(execFileSync(asdic, [...first, "plugins", "show", join(here, "plugin.yaml"), "--json"], { encoding: "utf8" }));
  // No image is built or pulled for this: busybox runs the script, which comes in the plugin's config-map.
  plugin.spec.image = "busybox:1.37";
  plugin.spec.command = ["sh", "/tmp/sonobuoy/config/run.sh"];
  plugin["config-map"] = { ...plugin["config-map"], "run.sh": readFileSync(join(here, "run.sh"), "utf8") };
${usesApi ? answers : ""}  writeFileSync(join(folder, "plugin.yaml"), JSON.stringify(plugin));

  const run = spawnSync(asdic, [...first, "run", "--embedded", "-p", "plugin.yaml", "-o", "run.tar.gz"], { cwd: folder, stdio: "inherit" });
  assert.equal(run.status, 0, "the run did not pass; what it says is above");
  const results = execFileSync(asdic, [...first, "results", "run.tar.gz", "-p", ${JSON.stringify(name)}, "--mode", "detailed"], { cwd: folder, encoding: "utf8" });
  const tests = results.split("\\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  console.log(results);
  assert.ok(tests.length > 0, "there are no tests in its results");
  assert.deepEqual(tests.filter(({ status }) => status !== "passed"), []);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
`;

const answers = `  // A shell in the embedded cluster reaches no API server, so the answer is given here.
  plugin["config-map"]._api_v1_namespaces_fieldSelector_status_phase_3DTerminating = JSON.stringify({ kind: "NamespaceList", items: [] });
  plugin.spec.env = [...(plugin.spec.env ?? []), { name: "API_ANSWERS", value: "/tmp/sonobuoy/config" }];
`;
