import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { schemaNames, type SchemaName } from "../../../cli/schema/schema-names.ts";
import { renderSchema } from "../../../cli/schema/render-schema.ts";
import { buildOutputSchema, outputSchemas } from "../../../core/contract/output-schemas.ts";
import type { RunStatus } from "../../../core/contract/run-status.ts";
import { summary } from "../definitions.ts";
import { writeFolder } from "../../core/cluster/api-server.ts";
import { smallRun, writeTarball } from "../../reports/small-run.ts";
import { startRunServer } from "../run-server.ts";

/** What was printed is what the schema says, and nothing that the schema leaves out. */
function assertFits(name: SchemaName, json: string): void {
  const value: unknown = JSON.parse(json);
  assert.deepEqual(outputSchemas[name].parse(value), value);
}

test("every schema has a name, and every name a schema", () => assert.deepEqual(Object.keys(outputSchemas).toSorted(), Object.keys(schemaNames).toSorted()));

for (const name of (Object.keys(schemaNames) as SchemaName[]).filter((each) => each !== "waivers"))
  test(`the schema ${name} is JSON Schema, and lets later versions add keys`, () => {
    const schema = JSON.parse(renderSchema(name)) as Record<string, unknown>;
    assert.equal(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert.equal(schema["title"], schemaNames[name]);
    assert.doesNotMatch(JSON.stringify(buildOutputSchema(name)), /"additionalProperties":false/);
  });

const full: RunStatus = {
  ...summary({ problems: [{ plugin: "smoke", node: "global", code: "image-pull", message: "m", hint: "h" }], problemCount: 1 }),
  results: [{ plugin: "smoke", node: "global", state: "running", since: "2026-01-02T03:04:05.000Z", progress: { msg: "half", total: 2, completed: 1 } }],
};
test("status --json fits it, before the aggregator speaks and after", async () => {
  const server = await startRunServer(full);
  server.publish(undefined);
  assertFits("status", (await server.asdic(["status", "--json"])).stdout);
  server.publish(full);
  assertFits("status", (await server.asdic(["status", "--json"])).stdout);
  assertFits("status-all", (await server.asdic(["status", "--json", "--show-all"])).stdout);
});

test("status --watch --json prints a line a change, each of which fits it", async () => {
  const server = await startRunServer(full);
  server.publish(undefined);
  const watching = server.asdic(["status", "--watch", "--json"]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.publish(summary());
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.publish(summary({ phase: "complete", outcome: "incomplete" }));
  const { stdout, code } = await watching;
  const lines = stdout.trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { phase: string }).phase),
    ["starting", "running", "complete"],
  );
  for (const line of lines) assertFits("status", line);
  assert.equal(code, 4);
});

test("version --json fits it, with a cluster and without", async () => {
  const server = await startRunServer();
  assertFits("version", (await server.asdic(["version", "--json"])).stdout);
  assertFits("version", (await server.asdic(["version", "--json", "--context", "none"])).stdout);
});

test("a report as JSON fits it", () => assertFits("report", readFileSync(join(import.meta.dirname, "../../golden/reports/small-run.json"), "utf8")));

test("a comparison as JSON fits it", () => assertFits("diff", readFileSync(join(import.meta.dirname, "../../golden/reports/diff.json"), "utf8")));

test("the schema of a file of waivers takes no key that it does not name, as the file's reader does", () => {
  assert.match(renderSchema("waivers"), /"additionalProperties": false/);
});

test("modes, plugins list and plugins lint fit theirs", async () => {
  const server = await startRunServer();
  assertFits("modes", (await server.asdic(["modes", "--json"])).stdout);
  assertFits("plugins", (await server.asdic(["plugins", "list", "--json"])).stdout);
  const folder = await writeFolder({ "bad.yaml": "sonobuoy-config:\n  driver: Job\n", "broken.yaml": "a: [" });
  const { stdout } = await server.asdic(["plugins", "lint", folder, "--json"]);
  assertFits("plugins-lint", stdout);
  assert.notEqual((JSON.parse(stdout) as { errors: number }).errors, 0);
});

test("preflight --json fits its own, whatever may be asked", async () => {
  const server = await startRunServer(undefined, ({ path }) => (path.endsWith("/nodes") ? 403 : undefined));
  const { stdout, stderr } = await server.asdic(["preflight", "-n", "other", "--json", "--skip-preflight=dns"]);
  assert.notEqual(stdout, "", stderr);
  assertFits("preflight", stdout);
});

test("a line of results --mode detailed fits its own", async () => {
  const tarball = await writeTarball(await writeFolder({}), "small.tar.gz", smallRun);
  const { stdout } = await (await startRunServer()).asdic(["results", tarball, "--mode", "detailed"]);
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  assert.ok(lines.length > 3);
  for (const line of lines) assertFits("result", line);
});
