import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { kubectl, needsKernel, pluginFile, runToEnd, usePlace } from "./asdic.ts";
import type { Ended } from "./asdic.ts";
import { noRegistry, startRegistry } from "./lab-registry.ts";

/** A plugin of test/e2e/plugins/faults, its code and state, what its sentence says, and what its evidence holds. */
type Row = readonly [plugin: string, code: string, state: string, sentence: RegExp, evidence?: RegExp];

const rows: readonly Row[] = [
  ["no-image", "image-not-found", "failed", /no image registry\.asdic\.test:5000\/does-not-exist:v1/, /Failed to pull image/],
  ["refused-image", "image-refused", "failed", /registry refuses image registry\.asdic\.test:5001\/private:v1/, /authorization failed/],
  ["bad-image-name", "invalid-image-name", "failed", /is no image name/, /InvalidImageName/],
  ["never-pulled", "image-never-pulled", "failed", /imagePullPolicy Never/, /ErrImageNeverPull/],
  ["no-config", "container-config", "failed", /no-such-config-map/, /CreateContainerConfigError/],
  ["no-profile", "container-create", "failed", /seccomp profile/, /CreateContainerError/],
  ["no-program", "container-start", "failed", /\/no\/such\/program/, /StartError/],
  ["no-sandbox", "sandbox-failed", "failed", /ping_group_range/, /FailedCreatePodSandBox/],
  ["no-volume", "volume-failed", "failed", /no-such-config-map/, /FailedMount/],
  ["no-claim", "volume-failed", "failed", /persistentvolumeclaim "no-such-claim" not found/, /Unschedulable/],
  ["no-room", "run-timed-out", "timed-out", /No node can take the pod: .*Insufficient cpu/, /Unschedulable/],
  ["init-fails", "init-failed", "failed", /setup ends with exit code 3: no disk/, /"exitCode":3/],
  ["crashed", "crashed", "failed", /exit code 7 .*no licence found/, /no licence found/],
  ["out-of-memory", "out-of-memory", "failed", /ran out of memory/, /OOMKilled/],
  ["over-quota", "quota-exceeded", "failed", /exceeded quota: licences/, /"status":403/],
  ["privileged", "pod-security", "failed", /violates PodSecurity "baseline/, /"status":403/],
  ["evicted", "evicted", "lost", /EmptyDir volume .* exceeds the limit "5Mi"/, /Evicted/],
  ["deleted", "pod-deleted", "failed", /was deleted before its result had come/],
  ["drained", "node-drained", "failed", /evicted the pod from node/],
  ["too-large", "result-too-large", "failed", /larger than the run's limit of 204800 bytes; --max-result-size raises it/],
  ["too-slow", "run-timed-out", "timed-out", /had not finished when the run's time of .+ was up/],
  ["last-words", "run-timed-out", "timed-out", /had not finished when the run's time of .+ was up/],
];

const fromRegistry = ["no-image", "refused-image"];

/** What only a kernel of the node's own does to a container: no memory limit and no sysctl holds on the embedded cluster. */
const byKernel = ["no-sandbox", "out-of-memory"];
const kernel = needsKernel("limits and sysctls are not enforced there");
const isLeftOut = (plugin: string): boolean => kernel.skip !== undefined && byKernel.includes(plugin);
const plugins = readdirSync(pluginFile("faults")).filter((file) => !isLeftOut(file.replace(".yaml", "")));

// A real kubelet looks once a minute how large volumes are, and what it finds must come before the run's time is up.
describe("plugins that can't deliver", () => {
  const place = usePlace("faults");
  const { namespace } = place;
  let run: Ended;
  let files: Map<string, Buffer>;

  const find = async (plugin: string, phase: string): Promise<string | undefined> =>
    (await kubectl("get", "pods", "-n", namespace, "-l", `sonobuoy-plugin=${plugin}`, "--field-selector", `status.phase=${phase}`, "-o", "name"))
      .trim()
      .split("/")[1];
  const findSoon = async (plugin: string, phase: string): Promise<string> => {
    for (let tries = 0; tries < 120; tries += 1) {
      const pod = await find(plugin, phase).catch(() => undefined);
      if (pod !== undefined) return pod;
      await sleep(500);
    }
    throw new Error(`the pod of ${plugin} was never ${phase}`);
  };
  /** Takes pods away under running plugins, and one under a plugin that has not run yet. */
  const interfere = async (): Promise<void> => {
    const [deleted, drained, stuck] = await Promise.all([findSoon("deleted", "Running"), findSoon("drained", "Running"), findSoon("second-try", "Pending")]);
    await sleep(2000);
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: drained, namespace } };
    await Promise.all([
      kubectl("delete", "pod", deleted, "-n", namespace, "--wait=false"),
      kubectl("create", "configmap", "comes-later", "-n", namespace, "--from-literal=answer=second").then(() =>
        kubectl("delete", "pod", stuck, "-n", namespace, "--wait=false"),
      ),
      createRaw(`/api/v1/namespaces/${namespace}/pods/${drained}/eviction`, eviction),
    ]);
  };

  before(async () => {
    await startRegistry();
    await kubectl("create", "namespace", namespace);
    await kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=baseline");
    await kubectl("create", "quota", "licences", "-n", namespace, "--hard=requests.example.com/licence=0");
    const running = runToEnd(place, [
      ...plugins.flatMap((file) => ["-p", pluginFile(join("faults", file))]),
      "--timeout",
      "120s",
      "--max-result-size",
      "200Ki",
    ]);
    await Promise.all([running, interfere()]);
    ({ run, files } = await running);
  });
  after(() => kubectl("delete", "namespace", namespace, "--ignore-not-found"));

  type ErrorFile = { readonly code: string; readonly error: string; readonly hint: string; readonly evidence: object };
  const error = (plugin: string): ErrorFile => JSON.parse(String(files.get(`plugins/${plugin}/errors/global/error.json`)));
  const stateOf = (plugin: string): string | undefined =>
    (JSON.parse(String(files.get("meta/status.json"))) as { results: { plugin: string; state: string }[] }).results.find((result) => result.plugin === plugin)
      ?.state;

  it("is incomplete, and shows each reason while it waits", () => {
    assert.equal(run.code, 4, run.stdout);
    // A summary holds the first twenty problems; those whose time is up come last.
    for (const [plugin] of rows.filter(([name, , state]) => state !== "timed-out" && !isLeftOut(name)))
      assert.match(run.stdout, new RegExp(`problem: ${plugin}, global: .*\\S`));
  });

  for (const [plugin, code, state, sentence, evidence = /"pod":|"delivery":|\{\}/] of rows)
    it(
      `${plugin} ends as ${state}: ${code}, with a hint and evidence`,
      { skip: isLeftOut(plugin) ? kernel.skip : fromRegistry.includes(plugin) && noRegistry },
      () => {
        const file = error(plugin);
        assert.deepEqual([file.code, stateOf(plugin)], [code, state]);
        assert.match(file.error, sentence);
        assert.ok(file.hint.length > 10);
        assert.match(JSON.stringify(file.evidence), evidence);
      },
    );

  it("makes a Job whose pod was deleted before its plugin had run once more", () => {
    assert.equal(String(files.get("plugins/second-try/results/global/answer.txt")), "second");
    assert.equal(stateOf("second-try"), "done");
  });

  it("keeps what plugins had written that were cut short, what one writes when it is told to end, and every other result", () => {
    const read = (plugin: string, name: string): string => String(files.get(`plugins/${plugin}/results/global/${name}`));
    for (const plugin of ["crashed", "out-of-memory", "deleted", "drained"].filter((name) => !isLeftOut(name)))
      assert.equal(read(plugin, "part.txt"), "part\n", plugin);
    assert.equal(read("too-slow", "half.txt"), "half\n");
    assert.equal(read("last-words", "last.txt"), "told to end\n");
    assert.equal(read("fine", "fine.txt"), "fine\n");
  });
});

/** kubectl create --raw reads files only. */
async function createRaw(path: string, object: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "asdic-raw-"));
  writeFileSync(`${folder}/object.json`, JSON.stringify(object));
  await kubectl("create", "--raw", path, "-f", `${folder}/object.json`).finally(() => rmSync(folder, { recursive: true }));
}
