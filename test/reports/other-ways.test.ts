import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parseAllDocuments } from "yaml";
import { reportCommand } from "../../cli/commands/report.ts";
import { resultsCommand } from "../../cli/commands/results.ts";
import { runReportSchema } from "../../core/contract/report/run-report.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { runCommand } from "../cli/results-report/run-command.ts";
import { smallRun, writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-ways-"));
after(() => rm(folder, { recursive: true }));
const ways: Readonly<Record<string, "service" | "pod-ip" | "exec">> = { "smoke/global": "exec", "node-facts/node-1": "pod-ip", "cis/global": "service" };
const note = { plugin: "", node: "", code: "pod-network", message: "The pod network does not carry their connections", hint: "Look at it." };
const entries = smallRun.map(([name, content]): readonly [string, string] => {
  if (name !== tarballPaths.status) return [name, content];
  const status = JSON.parse(content) as RunStatus;
  const results = status.results.map((result) => {
    const way = ways[`${result.plugin}/${result.node}`];
    return { ...result, ...(way !== undefined && { way }) };
  });
  return [name, JSON.stringify({ ...status, notes: [note], results })];
});
const tarball = await writeTarball(folder, "ways.tar.gz", entries);

test("each result that did not come the usual way has its way beside it in the dump and in detailed lines", async () => {
  const { out } = await runCommand(resultsCommand, [tarball, "--mode", "dump"]);
  const [smoke, facts, cis] = parseAllDocuments(out).map((document) => document.toJS() as { meta?: { way?: string }; items: { meta?: { way?: string } }[] });
  assert.deepEqual(
    [smoke?.meta?.way, facts?.meta?.way, facts?.items[0]?.meta?.way, facts?.items[1]?.meta?.way, cis?.meta?.way],
    ["exec", undefined, "pod-ip", undefined, undefined],
  );
  const detailed = await runCommand(resultsCommand, [tarball, "--mode", "detailed", "-p", "smoke"]);
  const lines = detailed.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { meta: unknown });
  assert.deepEqual(
    lines.map(({ meta }) => meta),
    Array.from({ length: 3 }, () => ({ way: "exec", path: "smoke|junit_01.xml|smoke" })),
  );
});

test("reports name the results that came by another way, and the finding behind it", async () => {
  for (const format of ["text", "html"]) {
    const { out } = await runCommand(reportCommand, [tarball, "--format", format]);
    assert.match(out, /1 result came through the API server: smoke\./);
    assert.match(out, /1 result came over the address of the aggregator(?:'|&#x27;)s pod: node-facts on node-1\./);
    assert.match(out, /The pod network does not carry their connections[^]*Look at it\./);
  }
  const { out } = await runCommand(reportCommand, [tarball, "--format", "json"]);
  const value: unknown = JSON.parse(out);
  assert.deepEqual(runReportSchema.parse(value), value);
});
