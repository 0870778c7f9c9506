import assert from "node:assert/strict";
import { allCauses } from "../../../aggregator/causes/all.ts";
import { globalNode } from "../../../core/contract/names.ts";
import { tarballPaths } from "../../../core/contract/tarball-layout.ts";
import { delivered, deliveredPath } from "../plugin-files.ts";
import { everywhere, fine, healthySize, slow } from "./healthy.ts";
import type { Played } from "./play.ts";
import type { Row } from "./row.ts";

/** Seconds that a busy machine may add to a grace: pods that start, statuses that travel. */
const slack = 25;

/** Fails unless a row's cause was named with its state, sentence, hint and evidence, in the time that it may take; gives that time in seconds. */
export function checkRow(row: Row, { outcome, provoked, run }: Played): number {
  const fault = provoked.get(row.code);
  assert.ok(row.provoke === undefined || fault !== undefined, `the run ended before its fault was made\n${run.stdout}${run.stderr}`);
  const [plugin, node] = row.plugin ? [row.code, globalNode] : [slow.name, fault?.node ?? globalNode];
  const { state, code, message = "", hint = "", since } = outcome.result(plugin, node);
  assert.deepEqual([state, code], [row.state, row.code], message);
  assert.match(message, row.sentence);
  assert.ok(hint.length > 20, "it says what can be done");
  const { evidence, error } = outcome.error(plugin, node);
  assert.equal(error, message);
  assert.match(JSON.stringify(evidence ?? {}), row.evidence);
  for (const [file, text] of Object.entries(row.collected ?? {}))
    assert.equal(String(outcome.files.get(`${tarballPaths.results(plugin, node)}/${file}`)), text, `${file} is in the tarball`);
  const begun = Date.parse(outcome.log.find((line) => line.plugin === plugin)?.time ?? assert.fail("its start is not in the log"));
  const seconds = (Date.parse(since) - Math.max(begun, fault?.at.getTime() ?? 0)) / 1000;
  const grace = graceOf(row);
  const most = grace + (row.before ?? 0) + slack;
  assert.ok(seconds >= grace - 1 && seconds <= most, `it took ${seconds} s, and should take ${grace} to ${most}`);
  return seconds;
}

/** How long a row's cause must last. */
export function graceOf({ code, grace }: Row): number {
  const own = allCauses.find((cause) => cause.code === code)?.graceSeconds;
  return grace ?? (typeof own === "number" ? own : assert.fail(`how long is ${code} borne?`));
}

/** Fails unless the healthy plugins' results are all there, bit for bit. */
export function checkHealthy({ outcome, run }: Played): void {
  const nodes = outcome.status.results.filter(({ plugin }) => plugin === everywhere.name).map(({ node }) => node);
  assert.ok(nodes.length > 0, run.stderr);
  const expected = [
    { plugin: fine.name, node: globalNode, line: "fine" },
    ...nodes.map((node) => ({ plugin: everywhere.name, node, line: `everywhere ${node}` })),
  ];
  for (const { plugin, node, line } of expected) {
    assert.equal(outcome.result(plugin, node).state, "done", `${plugin} on ${node}: ${outcome.result(plugin, node).message ?? ""}`);
    const found = outcome.files.get(deliveredPath(plugin, node)) ?? assert.fail(`nothing came of ${plugin} on ${node}`);
    assert.ok(found.equals(delivered(line, healthySize)), `${plugin} on ${node} is another than was delivered`);
  }
}
