import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { parseRetired } from "../../aggregator/lease/retired-record.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import { parsePodView } from "../../core/kubernetes/pod-view.ts";
import { world } from "./matrix/world.ts";
import { buildPluginFile } from "./plugin-files.ts";
import type { Outcome } from "./read-outcome.ts";
import { readOutcome } from "./read-outcome.ts";
import type { Stage } from "./stage.ts";
import { startStage } from "./stage.ts";

describe("a plugin that needs others", () => {
  const namespace = "needs";
  const own = { apiVersion: "asdic/v1", container: { securityContext: { runAsUser: 1000 } } };
  const deliver = (line: string): string => `echo ${line} > $RESULTS_DIR/out.txt; echo $RESULTS_DIR/out.txt > $RESULTS_DIR/done`;
  let stage: Stage;
  before(async () => {
    stage = await startStage(world);
  });
  after(() => stage.close());

  const play = async (plugins: readonly Parameters<typeof buildPluginFile>[0][], meanwhile: (signal: AbortSignal) => Promise<void>): Promise<Outcome> => {
    const signal = AbortSignal.timeout(280_000);
    const files = plugins.map(({ name }) => join(stage.folder, `${name}.yaml`));
    for (const [index, plugin] of plugins.entries()) await writeFile(files[index] ?? "", JSON.stringify(buildPluginFile(plugin)));
    const tarball = join(stage.folder, `${plugins[0]?.name}.tar.gz`);
    const run = stage.asdic(["run", "--wait", "--no-redact", "-n", namespace, "-o", tarball, ...files.flatMap((file) => ["-p", file])], signal);
    await meanwhile(signal);
    const { stdout, stderr } = await run;
    await stage.asdic(["delete", "--wait", "-n", namespace], signal);
    return await readOutcome(tarball).catch(() => assert.fail(stdout + stderr));
  };
  const read = ({ files }: Outcome, name: string): string => String(files.get(name) ?? assert.fail(`${name} is not in the tarball`)).trim();

  /** Takes the aggregator away as soon as there is such an object. */
  const loseAggregator = async (kind: readonly [string, string], is: (object: KubernetesObject) => boolean, signal: AbortSignal): Promise<void> => {
    await stage.until(kind, { namespace, signal, is });
    const pod = await stage.until(["v1", "Pod"], {
      namespace,
      labelSelector: `${labels.role}=aggregator`,
      signal,
      is: ({ metadata }) => metadata.deletionTimestamp === undefined,
    });
    stage.faults.pod.delete({ namespace, name: pod.metadata.name });
    await stage.until(["v1", "Pod"], { namespace, signal, is: ({ metadata }, type) => metadata.name === pod.metadata.name && type === "DELETED" });
  };
  const isOf =
    (plugin: string) =>
    ({ metadata }: KubernetesObject): boolean =>
      metadata.labels?.[labels.plugin] === plugin;

  it("gets them whole from the second aggregator, lost before it began, and from the third, lost while it began", async () => {
    const outcome = await play(
      [
        { ...own, name: "census", driver: "DaemonSet", script: deliver("$NODE"), podSpec: { nodeSelector: { scene: "calm" } } },
        { ...own, name: "slow", script: `sleep 5; ${deliver("late")}` },
        { ...own, name: "reader", needs: ["census", "slow"], script: deliver('$(cat $ASDIC_INPUTS_DIR/*/*/out.txt | sort | tr "\\n" " ")') },
      ],
      async (signal) => {
        await loseAggregator(["v1", "Pod"], (pod) => isOf("slow")(pod) && parsePodView(pod).phase === "Running", signal);
        await loseAggregator(["batch/v1", "Job"], isOf("reader"), signal);
      },
    );
    assert.equal(read(outcome, "plugins/reader/results/global/out.txt"), "calm-1 calm-2 calm-3 late");
    assert.deepEqual([outcome.status.outcome, outcome.status.problems], ["complete", []]);
  });

  it("fails, and says why, when what it needed is lost with an aggregator before it has it", async () => {
    // Without its volume the pod waits.
    const gated = { container: { ...own.container, volumeMounts: [{ name: "gate", mountPath: "/gate" }] }, "extra-volumes": [gateVolume] };
    const outcome = await play(
      [
        { ...own, name: "fleeting", "early-cleanup": true, script: deliver("gone") },
        { ...own, ...gated, name: "late", needs: ["fleeting"], script: deliver("never") },
      ],
      async (signal) => {
        await stage.until(["batch/v1", "Job"], { namespace, signal, is: isOf("late") });
        const isWritten = ({ metadata }: KubernetesObject): boolean => parseRetired(metadata.annotations ?? {}).some(({ plugin }) => plugin === "fleeting");
        await loseAggregator(["coordination.k8s.io/v1", "Lease"], isWritten, signal);
        stage.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "gate", namespace } });
      },
    );
    assert.equal(outcome.result("fleeting", "global").code, "lost-with-aggregator");
    const { state, code, message = "" } = outcome.result("late", "global");
    assert.deepEqual([state, code], ["failed", "init-failed"]);
    assert.match(
      message,
      /^Init container asdic-inputs ends with exit code 1: the results of plugin fleeting could not be fetched: the aggregator answers 409: /,
    );
    assert.match(JSON.stringify(outcome.error("late", "global")), /which ended as lost \(lost-with-aggregator\)/);
    const logs = [...outcome.files].filter(([name]) => /podlogs\/.*-late-.*\/asdic-inputs\.txt$/.test(name));
    assert.match(String(logs[0]?.[1]), /could not be fetched/);
  });

  it("has its own time, from its own beginning, and loses nothing of what it wrote until then", async () => {
    const outcome = await play(
      [
        { ...own, name: "long", script: `sleep 8; ${deliver("there")}` },
        {
          ...own,
          name: "short",
          needs: ["long"],
          timeout: 8,
          script: `trap '${deliver("cut")}; exit' TERM; echo half > $RESULTS_DIR/half.txt; sleep 3600 & wait`,
        },
        { ...own, name: "after", needs: ["short"], script: deliver("never") },
      ],
      () => Promise.resolve(),
    );
    assert.equal(outcome.result("long", "global").state, "done");
    const short = outcome.result("short", "global");
    assert.deepEqual([short.state, read(outcome, "plugins/short/results/global/out.txt")], ["done", "cut"]);
    assert.equal(outcome.result("after", "global").state, "done");
  });
});

const gateVolume = { name: "gate", configMap: { name: "gate" } };
