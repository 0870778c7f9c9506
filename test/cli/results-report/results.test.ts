import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse, parseAllDocuments } from "yaml";
import { resultsCommand } from "../../../cli/commands/results.ts";
import { textWidth } from "../../../core/contract/text-width.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { smallRun, writeTarball } from "../../reports/small-run.ts";
import { runCommand } from "./run-command.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-results-"));
after(() => rm(folder, { recursive: true }));
const small = await writeTarball(folder, "small.tar.gz", smallRun);
const sonobuoy = join(import.meta.dirname, "../../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz");

test("report mode says of a real Sonobuoy run what Sonobuoy says", async () => {
  const { out, exitCode } = await runCommand(resultsCommand, [sonobuoy, "-m", "report"]);
  assert.equal(exitCode, 0);
  assert.equal(
    out,
    `Plugin: e2e
Status: failed
Total: 5771
Passed: 21
Failed: 4
Skipped: 5746

Failed tests:
[sig-scheduling] SchedulerPreemption [Serial] validates basic preemption works [Conformance]
[sig-apps] Daemon set [Serial] should rollback without unnecessary restarts [Conformance]
[sig-scheduling] SchedulerPreemption [Serial] validates lower priority pod preemption by critical pod [Conformance]
[sig-scheduling] SchedulerPredicates [Serial] validates resource limits of pods that are allowed to run  [Conformance]

Plugin: systemd-logs
Status: passed
Total: 1
Passed: 1
Failed: 0
Skipped: 0

Run Details:
API Server version: v1.21.1
`,
  );
});

test("report mode tells run problems with their hints, own statuses, and health, and leaves [It] out", async () => {
  const { out } = await runCommand(resultsCommand, ["small.tar.gz", "-m", "report"], { cwd: folder });
  assert.match(out, /Failed tests:\nDNS resolves <kubernetes\.default>\n/);
  assert.match(out, /Status: passed: 1, warned: 1\nTotal: 2\nPassed: 1\nFailed: 0\nSkipped: 0\nwarned: 1\n/);
  assert.match(
    out,
    /Run problems:\nnode-facts node-2 lost node-not-ready: Node node-2 .*\n {2}→ Look at it with `kubectl describe node node-2`\.\nnode-facts win-1 skipped platform: /,
  );
  assert.match(out, /Node health: 2\/3 \(66%\)\nDetails for failed nodes:\nnode-2 Ready:Unknown: NodeStatusUnknown: Kubelet stopped/);
  assert.match(out, /Pods health: 10\/10 \(100%\)\n/);
  assert.match(out, /errors:\n11 podlogs\/kube-system\/b\.txt\n 2 podlogs\/kube-system\/a\.txt\n/);
});

test("-p shows one plugin alone, and `sonobuoy` the health alone", async () => {
  assert.match((await runCommand(resultsCommand, [small, "-p", "cis", "-m", "report"])).out, /^Plugin: cis\n[^]*warned: 1\n$/);
  assert.match((await runCommand(resultsCommand, [small, "-p", "sonobuoy"])).out, /^Run Details:\n/);
});

test("--node takes the first part of that name, of any kind", async () => {
  assert.match((await runCommand(resultsCommand, [small, "--node", "node-1", "-m", "report"])).out, /^Plugin: node-1\nStatus: passed\nTotal: 1\n/);
  const { out } = await runCommand(resultsCommand, [small, "--node", "junit_01.xml", "-m", "dump"]);
  assert.equal((parse(out) as { readonly name: string }).name, "junit_01.xml");
});

test("detailed mode prints a line of JSON a test with its path, and files behind theirs", async () => {
  const { out } = await runCommand(resultsCommand, [small, "-m", "detailed"]);
  const lines = out.trimEnd().split("\n");
  const items = lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { readonly name: string; readonly meta: { readonly path: string } });
  assert.deepEqual(items.map(({ name, meta }) => [name, meta.path]).slice(0, 2), [
    ["a pod starts", "smoke|junit_01.xml|smoke"],
    ["[It] DNS resolves <kubernetes.default>", "smoke|junit_01.xml|smoke"],
  ]);
  assert.deepEqual(items.at(-1), { name: "1.1.2 file ownership", status: "warned", meta: { path: "cis" } });
  assert.equal(
    lines.find((line) => line.startsWith("node-facts|node-1")),
    'node-facts|node-1|facts.json {"os":"linux"}',
  );
});

test("detailed mode prints a file of a real Sonobuoy run, with or without its path", async () => {
  const { out } = await runCommand(resultsCommand, [sonobuoy, "-m", "detailed", "-p", "systemd-logs"]);
  assert.ok(out.startsWith('systemd-logs|kind-control-plane|systemd_logs {"'));
  assert.equal(out.trimEnd().split("\n").length, 3);
  const bare = await runCommand(resultsCommand, [sonobuoy, "-m", "detailed", "-p", "systemd-logs", "--skip-prefix"]);
  assert.ok(bare.out.startsWith('{"'));
});

test("detailed mode tells on the error output which file is not in the tarball", async () => {
  const tree = "name: raw\nstatus: passed\nitems:\n- name: a\n  status: passed\n  meta: {type: file, file: results/global/a}\n";
  const path = await writeTarball(folder, "lacks.tar.gz", [["plugins/raw/sonobuoy_results.yaml", tree]]);
  const { out, err } = await runCommand(resultsCommand, [path, "-m", "detailed"]);
  assert.equal(out, "");
  assert.match(err, /"plugins\/raw\/results\/global\/a" is named in the results but is not in the tarball\.\n$/);
});

test("content of a tarball can't steer a terminal, but comes as it is through a pipe", async () => {
  const tree = "name: raw\nstatus: passed\nitems:\n- name: a\n  status: passed\n  meta: {type: file, file: results/global/a}\n";
  const content = "\u001b[2Jwiped ünïcödé\n";
  const path = await writeTarball(folder, "escapes.tar.gz", [
    ["plugins/raw/sonobuoy_results.yaml", tree],
    ["plugins/raw/results/global/a", content],
  ]);
  const shown = await runCommand(resultsCommand, [path, "-m", "detailed"], { isTerminal: true });
  assert.ok(!shown.out.includes("\u001b"));
  assert.match(shown.out, /wiped ünïcödé\n$/);
  assert.equal((await runCommand(resultsCommand, [path, "-m", "detailed"])).out, `raw|a ${content}`);
});

test("dump is the tree as YAML, a document a plugin; readable has line ends expanded", async () => {
  const { out } = await runCommand(resultsCommand, [small, "-m", "dump"]);
  const documents = parseAllDocuments(out).map((document) => document.toJS() as { readonly name: string; readonly status: string });
  assert.deepEqual(
    documents.map(({ name, status }) => [name, status]),
    [
      ["smoke", "failed"],
      ["node-facts", "failed"],
      ["cis", "passed: 1, warned: 1"],
    ],
  );
  const escaped = 'name: p\nstatus: failed\nitems:\n- {name: t, status: failed, details: {failure: "one\\ttab\\u0007\\ntwo"}}\n';
  const path = await writeTarball(folder, "readable.tar.gz", [["plugins/p/sonobuoy_results.yaml", escaped]]);
  assert.doesNotMatch((await runCommand(resultsCommand, [path, "-m", "readable"])).out, /\\n|\\t/);
});

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["an unknown plugin", ["-p", "nope"], /smoke, node-facts, cis/],
  ["an unknown node", ["--node", "nope"], /node-1, node-2/],
  ["an unknown node of one plugin", ["-p", "node-facts", "--node", "nope"], /^Its nodes: node-1, node-2\.$/],
];
for (const [name, args, hint] of refused)
  test(`${name} is refused, naming what there is`, async () => {
    await assert.rejects(runCommand(resultsCommand, [small, ...args]), (error) => isKnownError(error) && error.exitCode === 2 && hint.test(error.hint ?? ""));
  });

test("without a mode it is the overview, of all or of the plugin or node that is asked for", async () => {
  const { out } = await runCommand(resultsCommand, [small], { environment: utf8 });
  assert.match(out, /^◌ INCOMPLETE {2}Not all came[^]*\nFailed \(2\)\n {2}✗ /);
  assert.match((await runCommand(resultsCommand, [small, "-p", "cis"], { environment: utf8 })).out, /^✓ PASSED[^]*\nWarned \(1\)\n/);
  assert.match((await runCommand(resultsCommand, [small, "--node", "node-1"], { environment: utf8 })).out, /^✓ PASSED[^]*\nNodes \(1\)\n/);
  assert.match((await runCommand(resultsCommand, [small, "--node", "node-2"], { environment: utf8 })).out, /^◌ INCOMPLETE[^]*node-facts on node-2 is lost/);
});

test("the next steps name the file as it can be typed from here", async () => {
  const next = async (cwd: string): Promise<string | undefined> => (await runCommand(resultsCommand, [small], { cwd })).out.split("\nNext\n")[1];
  assert.equal(await next(folder), "  asdic report small.tar.gz --format html -o report.html\n  asdic results small.tar.gz --mode detailed -p smoke\n");
  assert.match((await next(join(folder, ".."))) ?? "", /^ {2}asdic report asdic-results-\w+\/small\.tar\.gz --format/);
});

const utf8 = { LANG: "C.UTF-8" };
const ascii: readonly (readonly [string, NodeJS.ProcessEnv])[] = [
  ["with LANG=C", { LANG: "C" }],
  ["with LC_ALL=POSIX, whatever LANG says", { LC_ALL: "POSIX", LANG: "en_US.UTF-8" }],
  ["on a dumb terminal", { ...utf8, TERM: "dumb" }],
  ["without a locale", {}],
];
for (const [name, environment] of ascii)
  // eslint-disable-next-line no-control-regex -- all of ASCII
  test(`the overview is ASCII ${name}`, async () => assert.match((await runCommand(resultsCommand, [small], { environment })).out, /^[\u0000-\u007f]+$/));

test("on a terminal no line of the overview is wider, and without colours there is no escape sequence", async () => {
  const { out } = await runCommand(resultsCommand, [sonobuoy], { isTerminal: true, environment: utf8 });
  for (const line of out.split("\n")) if (!line.startsWith("  asdic ")) assert.ok(textWidth(line) <= 80, line);
  assert.ok(!out.includes("\u001b"));
});

test("waived findings are shown as such, and no threshold counts them", async () => {
  const waivers = join(folder, "waivers.yaml");
  await writeFile(waivers, 'waivers:\n- {id: "*", reason: known, owner: ada, expires: 2970-01-31}\n');
  const { out, err, exitCode } = await runCommand(resultsCommand, [small, "--waivers", waivers, "--fail-on", "fail,warn"], { environment: utf8 });
  assert.match(out, /\nWaived \(4\)\n[^]*waived until 2970-01-31 by ada: known\n/);
  assert.deepEqual([err, exitCode], ["", 0]);
});

test("each threshold that is crossed is a line that says why", async () => {
  const { err, exitCode } = await runCommand(resultsCommand, [sonobuoy, "--fail-on", "severity=high", "--fail-on", "warn", "--min-coverage", "100"]);
  assert.match(err, /^--fail-on severity=high: 4 failed or warned, first e2e: \[sig-scheduling\][^\n]*\n$/);
  assert.equal(exitCode, 1);
});

const exits: readonly (readonly [string, readonly string[], number])[] = [
  ["a failed run", [sonobuoy], 0],
  ["a failed run with --fail-on failed", [sonobuoy, "--fail-on", "failed"], 1],
  ["a failed run with --fail-on fail", [sonobuoy, "--fail-on", "fail"], 1],
  ["a failed run with --min-coverage 100", [sonobuoy, "--min-coverage", "100"], 0],
  ["an incomplete run with --min-coverage 61", [small, "--min-coverage", "61"], 1],
  ["a failed run with --fail-on incomplete", [sonobuoy, "--fail-on", "incomplete"], 0],
  ["an incomplete run", [small], 0],
  ["an incomplete run with --fail-on incomplete", [small, "--fail-on", "incomplete"], 4],
  ["an incomplete run with failures and --fail-on failed", [small, "--fail-on", "failed"], 4],
];
for (const [name, args, code] of exits) test(`${name} exits with ${code}`, async () => assert.equal((await runCommand(resultsCommand, args)).exitCode, code));
