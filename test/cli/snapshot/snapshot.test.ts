import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { parseAllDocuments } from "yaml";
import { connect } from "../../../core/cluster/connect.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { createProgram } from "../../../cli/program.ts";
import type { RedactionReport } from "../../../core/redaction/redaction-report.ts";
import { readAll } from "../../core/archive/tar.ts";
import { startStage, type Stage } from "../../faults/stage.ts";

const world = [
  { apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } },
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "blue" } },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web-0", namespace: "blue", annotations: { "embedded.asdic.dev/logs.c": "said on node-1\npassword=hunter2-Zq81mmX0\n" } },
    spec: { nodeName: "node-1", containers: [{ name: "c", image: "busybox", env: [{ name: "DB_PASSWORD", value: "hunter2-Zq81mmX0" }] }] },
    status: { phase: "Running" },
  },
];

describe("asdic snapshot", () => {
  let stage: Stage;
  let folder: string;
  before(async () => {
    stage = await startStage(world);
    folder = await mkdtemp(join(tmpdir(), "asdic-snapshot-"));
  });
  afterEach(async () => {
    stage.faults.api.clear();
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  });
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const asdic = async (args: readonly string[], { signal = AbortSignal.timeout(120_000) } = {}): Promise<{ readonly out: string; readonly err: string }> => {
    const printed = { out: "", err: "" };
    const program = createProgram({
      output: { out: (text) => void (printed.out += text), err: (text) => void (printed.err += text), isTerminal: false, columns: 80, colours: false },
      environment: { KUBECONFIG: join(stage.folder, "kubeconfig") },
      signal,
      now: () => new Date("2026-11-21T10:00:00Z"),
      cwd: folder,
      setExitCode: (code) => assert.equal(code, 0, printed.err),
    });
    await program.parseAsync(["node", "asdic", ...args]);
    return printed;
  };
  const listObjects = async (): Promise<readonly string[]> => {
    const cluster = await connect({ environment: {}, kubeconfig: join(stage.folder, "kubeconfig") });
    const names: string[] = [];
    for (const kind of ["Namespace", "ServiceAccount", "ConfigMap", "Secret", "Pod"])
      for await (const page of cluster.list({ apiVersion: "v1", kind }))
        names.push(...page.map(({ metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`));
    return names.toSorted();
  };

  it("writes a tarball that get and logs read, says what it holds, and creates nothing in the cluster", async () => {
    const beforehand = await listObjects();
    const { out, err } = await asdic(["snapshot", "--logs", "blue"]);
    assert.equal(out, `${join(folder, "20261121100000_asdic_snapshot.tar.gz")}\n`);
    assert.match(err, /^\d+ kinds, \d+ objects and 1 logs in \d+s: .* packed /);
    assert.match(err, /Could not be read \(1; more in meta\/snapshot\.json\):\n {2}get \/metrics: NotFound/);
    assert.match(err, /^\d secrets hidden in 2 files \(meta\/redaction\.json\)\.$/m);
    assert.match((await asdic(["get", "pods", "-A", "-f", out.trim()])).out, /^blue +web-0 +\d\/1 /m);
    assert.equal((await asdic(["logs", "-F", out.trim(), "web-0"])).out, "said on node-1\npassword=REDACTED\n");
    assert.deepEqual(await listObjects(), beforehand);
    assert.deepEqual(await readdir(folder), ["20261121100000_asdic_snapshot.tar.gz"]);
  });

  it("hides secrets in all of the tarball and says how many, unless it is told not to", async () => {
    const read = async (): Promise<string> => (await readAll(await readFile(join(folder, "a.tar.gz")))).flat().join("\n");
    const { err } = await asdic(["snapshot", "-o", "a.tar.gz", "--no-redact", "--logs", "blue"]);
    assert.match(err, /It is not redacted/);
    assert.match(await read(), /password=hunter2-Zq81mmX0/);
    await writeFile(join(folder, "rules.yaml"), "rules:\n  - id: place\n    literal: busybox\n");
    await asdic(["snapshot", "-o", "a.tar.gz", "--logs", "blue", "--privacy", "standard", "--redaction-rules", "rules.yaml"]);
    const content = await read();
    assert.doesNotMatch(content, /hunter2|node-1|busybox/);
    assert.match(content, /said on host-[0-9a-f]{8}/);
    const files = await readAll(await readFile(join(folder, "a.tar.gz")));
    const report = JSON.parse(new Map(files).get("meta/redaction.json") ?? "") as RedactionReport;
    assert.deepEqual([report.privacy, report.userRules, report.verified?.leaks], ["standard", 1, []]);
    assert.ok(report.files["podlogs/blue/web-0/logs/c.txt"]);
    assert.equal((await stat(join(folder, "a.tar.gz.key"))).mode & 0o777, 0o600);
  });

  it("prints the rights that it takes, with which it sees all that it was to see", async () => {
    const { out } = await asdic(["snapshot", "--rbac=system:serviceaccount:blue:reader", "--kinds", "pods,nodes,deployments"]);
    const objects = parseAllDocuments(out).map((document) => document.toJS() as KubernetesObject);
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ["ClusterRole", "ClusterRoleBinding"],
    );
    assert.match(out, /resources:\n +- nodes\n +- pods\n/);
    const cluster = await connect({ environment: {}, kubeconfig: join(stage.folder, "kubeconfig") });
    const refused = await asdic(["snapshot", "-o", "a.tar.gz", "--kinds", "pods,nodes", "--as", "system:serviceaccount:blue:reader"]);
    assert.match(refused.err, /list [^:]*nodes[^:]*: Forbidden/);
    assert.match(refused.err, /list pods in all namespaces: Forbidden, and no namespace is known/);
    assert.match(out, /nodes\/configz\n/);
    assert.doesNotMatch(out, /nodes\/proxy/);
    assert.match((await asdic(["snapshot", "--rbac=jane", "--kubelets", "proxy"])).out, /nodes\/proxy/);
    for (const object of objects) await cluster.create(object);
    const { err } = await asdic(["snapshot", "-o", "b.tar.gz", "--kinds", "pods,nodes", "--as", "system:serviceaccount:blue:reader"]);
    assert.doesNotMatch(err, /Forbidden/);
    assert.match((await asdic(["snapshot", "--rbac"])).out, /kind: User\n +name: \S/);
  });

  it("ends with 3 where there is no cluster, also when it goes away meanwhile, and leaves no file", async () => {
    const calls = [() => stage.faults.api.disconnect(), () => stage.faults.api.disconnect({ path: /^\/(?!version)/ })];
    for (const breakIt of calls) {
      breakIt();
      await assert.rejects(asdic(["snapshot", "--rate", "1000"]), (error) => isKnownError(error) && error.exitCode === 3);
      assert.deepEqual(await readdir(folder), []);
      stage.faults.api.clear();
    }
  });

  it("leaves nothing after Ctrl-C", async () => {
    const interruption = new AbortController();
    stage.faults.api.slow(1, { resource: "pods" });
    const taking = asdic(["snapshot"], { signal: interruption.signal });
    while ((await readdir(folder)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    interruption.abort();
    await assert.rejects(taking);
    assert.deepEqual(await readdir(folder), []);
  });
});
