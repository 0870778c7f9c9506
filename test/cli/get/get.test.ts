import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse } from "yaml";
import { getCommand } from "../../../cli/commands/get.ts";
import { extract } from "../../../cli/retrieve/extract.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { makeTarGz } from "../../core/archive/tar.ts";
import { assertGolden } from "../../golden.ts";
import { writeTarball } from "../../reports/small-run.ts";
import { runCommand } from "../results-report/run-command.ts";
import { storedObjects, storedSnapshot } from "./stored-cluster.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-get-"));
after(() => rm(folder, { recursive: true }));
await writeTarball(folder, "ours.tar.gz", storedSnapshot);
const get = (call: string, file = "ours.tar.gz", isTerminal = false): ReturnType<typeof runCommand> =>
  runCommand(getCommand, [...call.split(" "), "-f", file], { cwd: folder, isTerminal });

test("objects are shown in kubectl's columns, as old as they were", async () => {
  const calls = [
    "pods -n shop",
    "po -A",
    "pods -n shop -o wide",
    "pods,svc,nodes -n shop",
    "all -n shop",
    "no",
    "services.shop.example.test -n shop",
    "wares -n shop",
    "crd",
    "Deployment -n shop",
    "cm",
    "secrets",
    "pods",
    "pod/web-0 svc/web -n shop",
    "pods web-1 web-0 -n shop",
    "pods -A -o name",
    "pods -A -l app=dns",
  ];
  const shown: string[] = [];
  for (const call of calls) {
    const { out, err, exitCode } = await get(call);
    assert.equal(exitCode, 0, call);
    shown.push(`$ asdic get ${call}\n${out}${err === "" ? "" : `stderr:\n${err}`}`);
  }
  assertGolden("cli/get/tables.txt", shown.join("\n"));
});

test("objects come whole, integers to the letter, one alone and several as a List", async () => {
  const { out: json } = await get("cm -o json");
  assert.match(json, /"number": 9007199254740993\n/);
  assert.deepEqual(Object.keys(JSON.parse(json) as object), ["apiVersion", "items", "kind", "metadata"]);
  const { out: yaml } = await get("pod web-0 -n shop -o yaml");
  assert.equal((parse(yaml) as { metadata: { name: string } }).metadata.name, "web-0");
  const { out: map } = await get("cm -o yaml");
  assert.match(map, /number: 9007199254740993\n/);
  assert.match(map, /"yes": "on"/);
  assert.match(map, /text: \|\n/);
});

test("the same is shown of a folder, of a tarball without an index, and of Sonobuoy's without a list of kinds", async () => {
  const { out } = await get("po -A");
  await extract({ tarball: join(folder, "ours.tar.gz"), folder: join(folder, "extracted"), signal: new AbortController().signal });
  const entries = storedSnapshot.map(([name, content]) => ({ name, content }));
  const log = '{"level":"info","time":"2026-11-21T09:00:00Z"}\n{"level":"info","msg":"done","time":"2026-11-21T10:00:00Z"}\n';
  const sonobuoy = [...storedObjects, ["meta/run.log", log] as const].map(([name, content]) => ({ name, content }));
  await writeFile(join(folder, "plain.tar.gz"), await makeTarGz(entries));
  await writeFile(join(folder, "sonobuoy.tar.gz"), await makeTarGz(sonobuoy));
  for (const file of ["plain.tar.gz", "sonobuoy.tar.gz", "extracted"]) assert.equal((await get("po -A", file)).out, out, file);
});

test("what is wrong is told with what there is", async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["depoyments", /has no kind "depoyments"; did you mean deployments\?/],
    ["pods web-0", /pods "web-0" not found/],
    ["pods,svc web -n shop", /pods "web" not found/],
    ["pods a/b", /a\/b: is no name/],
    ["pods/", /is not of the form KIND\/NAME/],
    ["pods -n shop -A", /-n and -A/],
    ["pods -l a==b==c", /is no label selector/],
    ["pods a -l b", /by their names or by their labels/],
    ["pods --before", /holds no snapshot from before the plugins/],
  ];
  for (const [call, message] of cases)
    await assert.rejects(get(call), (error) => {
      assert.ok(isKnownError(error), call);
      assert.match(error.message, message);
      assert.equal(error.exitCode, 2);
      return true;
    });
});

test("a name from a cluster steers no terminal, in whatever form it is shown", async () => {
  for (const form of ["table", "wide", "yaml", "json", "name"]) {
    const { out, err } = await get(`cm -o ${form}`, "ours.tar.gz", true);
    assert.ok(out.includes("big"), form);
    assert.ok(!(out + err).includes("\u001b"), form);
  }
});

test("files that are no lists and objects that are nested too deeply are told as that", async () => {
  const deep = `${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`;
  await writeTarball(folder, "broken.tar.gz", [["resources/cluster/core_v1_nodes.json", '{"kind":"Node"}\n']]);
  await writeTarball(folder, "deep.tar.gz", [["resources/cluster/core_v1_nodes.json", `{"items":[{"metadata":{"name":"n"},"spec":${deep}}]}\n`]]);
  await assert.rejects(get("nodes", "broken.tar.gz"), /core_v1_nodes\.json is no list of objects/);
  await assert.rejects(get("nodes -o yaml", "deep.tar.gz"), /nested too deeply/);
});
