import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { before, describe, it } from "node:test";
import { aggregatorPods, killContainer } from "./aggregator-pod.ts";
import { asdic, cli, image, kubectl, pluginFile, readTarball, usePlace, type Ended } from "./asdic.ts";

/** What was printed, as what comes before and after the bar. */
const split = (stdout: string): readonly (readonly [from: string, text: string])[] =>
  stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.indexOf(" │ ");
      return [line.slice(0, at).replaceAll(/ +/g, " ").trim(), line.slice(at + 3)];
    });

describe("logs that are followed over a run of two plugins", () => {
  const place = usePlace("logs");
  let followed: Ended;
  let lines: ReturnType<typeof split>;
  let nodes: readonly string[];
  before(async () => {
    nodes = (await kubectl("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}")).split(" ").toSorted();
    const started = await asdic(["run", "-n", place.namespace, "-p", pluginFile("logs"), "--timeout", "5m"], place.folder);
    assert.equal(started.code, 0, started.stderr);
    followed = await asdic(["logs", "-f", "-n", place.namespace]);
    lines = split(followed.stdout);
  });

  it("ends by itself with the run", async () => {
    assert.equal(followed.code, 0, followed.stderr);
    const status = await asdic(["status", "--json", "-n", place.namespace]);
    assert.equal(JSON.parse(status.stdout).phase, "complete");
  });

  it("has every line of every container once, in its order, with its plugin, node and container", () => {
    const of = (from: string): readonly string[] => lines.flatMap(([prefix, line]) => (prefix === from ? [line] : []));
    const count = (many: number, line: (index: number) => string): readonly string[] => Array.from({ length: many }, (_, index) => line(index + 1));
    assert.deepEqual(of("talks-once prepare"), ["prepared"]);
    assert.deepEqual(of("talks-once plugin"), [...count(40, (index) => `once line ${index}.`), String.raw`\u{1b}[2Jclears`, "once last words"]);
    for (const node of nodes)
      assert.deepEqual(of(`talks-everywhere/${node} plugin`), [...count(100, (index) => `everywhere line ${index}.`), "everywhere last words"], node);
    assert.ok(of("talks-once sonobuoy-worker").length > 0);
    assert.equal(of("aggregator aggregator").filter((line) => line.includes("result accepted")).length, nodes.length + 1);
  });

  it("interleaves them as they come", () => {
    const at = (line: string): number => lines.findIndex(([, said]) => said === line);
    assert.ok(at("once line 1.") < at("everywhere last words"));
    assert.ok(at("everywhere last words") < at("once last words"));
  });

  it("afterwards prints what is left, and says where the rest is", async () => {
    const { code, stdout, stderr } = await asdic(["logs", "-n", place.namespace, "--tail", "3", "--timestamps"]);
    assert.equal(code, 0, stderr);
    assert.equal(split(stdout).length, 3);
    for (const [from, line] of split(stdout))
      assert.match(`${from} ${line}`, /^aggregator aggregator 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) /);
    assert.match(stderr, /no pods of talks-everywhere, talks-once[^\n]+asdic retrieve/);
  });

  it("names the run's plugins when another is asked for", async () => {
    const { code, stderr } = await asdic(["logs", "-f", "-n", place.namespace, "-p", "talks"]);
    assert.equal(code, 2);
    assert.match(stderr, /no plugin talks\.\n.*aggregator, talks-everywhere, talks-once/);
  });

  it("says which right is missing", async () => {
    const { namespace, folder } = place;
    await kubectl("create", "serviceaccount", "jane", "-n", namespace);
    await kubectl("create", "role", "jane", "-n", namespace, "--verb=get,list,watch", "--resource=configmaps,pods,deployments.apps");
    await kubectl("create", "rolebinding", "jane", "-n", namespace, "--role=jane", `--serviceaccount=${namespace}:jane`);
    const token = (await kubectl("create", "token", "jane", "-n", namespace)).trim();
    const kubeconfig = JSON.parse(await kubectl("config", "view", "--raw", "--minify", "-o", "json"));
    const path = join(folder, "kubeconfig");
    writeFileSync(path, JSON.stringify({ ...kubeconfig, users: [{ name: kubeconfig.users[0].name, user: { token } }] }));
    const refused = await Promise.all([[], ["-f"]].map((flags) => asdic(["logs", ...flags, "-n", namespace, "--kubeconfig", path])));
    // The namespace stays as long as something is in it that is not the run's.
    for (const kind of ["rolebinding", "role", "serviceaccount"]) await kubectl("delete", kind, "jane", "-n", namespace);
    for (const { code, stderr } of refused) {
      assert.equal(code, 3, stderr);
      assert.match(stderr, /You may not get pods\/log in namespace "e2e-logs"\./);
    }
  });
});

describe("logs of an aggregator whose container dies", () => {
  const place = usePlace("logs-restart");

  it("go on with the next one, and hold each line once", async () => {
    const { namespace } = place;
    await asdic(["run", "-n", namespace, "-p", pluginFile("jobs/done-again.yaml")]);
    const following = spawn(process.execPath, [cli, "logs", "-f", "-p", "aggregator", "-n", namespace], { env: { ...process.env, NO_COLOR: "1" } });
    let stdout = "";
    let stderr = "";
    following.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    following.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = once(following, "close");
    // Who comes after the restart is shown the log that goes on, as by kubectl.
    while (following.exitCode === null && !stdout.includes("aggregator started")) await sleep(100);
    const hasLaunched = async (): Promise<boolean> => (await kubectl("logs", "-n", namespace, "deployment/asdic-aggregator")).includes("asdic-done-again");
    while (!(await hasLaunched())) await sleep(200);
    const [pod = ""] = await aggregatorPods(namespace);
    await killContainer(namespace, pod);
    const [code] = await ended;
    assert.equal(code, 0, stderr);
    const lines = split(stdout).map(([, line]) => line);
    assert.equal(lines.filter((line) => line.includes("aggregator started")).length, 2, stdout);
    const retrieved = await asdic(["retrieve", "-n", namespace, "-o", place.tarball]);
    assert.equal(retrieved.code, 0, retrieved.stderr);
    const log = String((await readTarball(place.tarball)).get("meta/run.log"))
      .trimEnd()
      .split("\n");
    assert.ok(log.length > 5);
    assert.deepEqual(lines.slice(0, log.length), log);
  });
});

describe("a person who has seen enough", () => {
  const place = usePlace("logs-interrupt");

  it("ends it by Ctrl-C, which is 130, and the run goes on", async () => {
    await asdic(["run", "-n", place.namespace, "-p", pluginFile("jobs/done-again.yaml")]);
    const child = spawn(process.execPath, [cli, "logs", "-f", "-n", place.namespace], {
      env: { ...process.env, ASDIC_IMAGE: image, NO_COLOR: "1" },
    });
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.includes("aggregator started")) child.kill("SIGINT");
    });
    const stderr = text(child.stderr);
    const [code] = await once(child, "close");
    assert.equal(code, 130, await stderr);
    assert.equal((await asdic(["wait", "-n", place.namespace])).code, 0);
  });
});
