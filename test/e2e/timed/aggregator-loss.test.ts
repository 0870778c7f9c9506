import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { aggregatorPods, assertWhole, killContainer, lossPlugins, quickAccepted, readLog, readNodes, readPodFile, untilLogged } from "../aggregator-pod.ts";
import { asdic, kubectl, pluginFile, readTarball, runToEnd, usePlace } from "../asdic.ts";

let nodes: readonly string[];
before(async () => {
  nodes = await readNodes();
});

/** Kills a pod's aggregator until it has started so often: what is sent into a container that is just ending does nothing. */
async function killUntil(namespace: string, pod: string, starts: number): Promise<void> {
  const haveCome = async (): Promise<boolean> => startsOf(await readRunLog(namespace, pod)) >= starts;
  for (let tries = 0; tries < 60 && !(await haveCome()); tries += 1) {
    if (tries % 20 === 0) await killContainer(namespace, pod).catch(() => "");
    await sleep(500);
  }
}

const startsOf = (log: string): number => log.split("\n").filter((line) => line.includes('"aggregator started"')).length;

// Each has a namespace of its own, and most of a scene is waiting.
describe("an aggregator that is lost", { concurrency: true }, () => {
  for (const [how, options] of [
    ["ended in order", []],
    ["gone without a word", ["--grace-period=0", "--force"]],
  ] as const)
    describe(`an aggregator whose pod is deleted while some have delivered and some run, ${how}`, () => {
      const place = usePlace(how === "ended in order" ? "loss-pod" : "loss-force");
      const { namespace } = place;

      it("is replaced, and every result comes, bit for bit, with one line about it for who waits", async () => {
        await asdic(["run", "-n", namespace, ...lossPlugins]);
        const waiting = asdic(["wait", "-n", namespace]);
        const first = await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
        await kubectl("delete", "pod", "-n", namespace, first, "--wait=false", ...options);
        const second = await untilLogged(namespace, /"in place of an aggregator that was lost"/, { seconds: 60 });
        assert.notEqual(second, first);
        const waited = await waiting;
        assert.equal(waited.code, 0, waited.stdout + waited.stderr);
        assert.equal(waited.stdout.match(/The aggregator is being replaced/g)?.length, 1, waited.stdout);
        assert.doesNotMatch(waited.stdout, /problem:/);
        const retrieved = await asdic(["retrieve", "-n", namespace, "-o", place.tarball]);
        assert.equal(retrieved.code, 0, retrieved.stderr);
        assertWhole(await readTarball(place.tarball), nodes);
      });
    });

  describe("an aggregator whose container is killed twice", () => {
    const place = usePlace("loss-container");
    const { namespace } = place;

    it("goes on each time, and every result comes", async () => {
      await asdic(["run", "-n", namespace, ...lossPlugins]);
      const pod = await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
      for (const starts of [2, 3]) await killUntil(namespace, pod, starts);
      const waited = await asdic(["wait", "-n", namespace]);
      assert.equal(waited.code, 0, waited.stdout + waited.stderr);
      await asdic(["retrieve", "-n", namespace, "-o", place.tarball]);
      const files = await readTarball(place.tarball);
      assertWhole(files, nodes);
      const log = String(files.get("meta/run.log"));
      assert.ok(startsOf(log) >= 3, log);
      assert.match(log, /"going on from the journal"/);
      assert.equal(log.match(/"result accepted","plugin":"quick-job"/g)?.length, 1, "what was accepted is not asked for again");
    });
  });

  describe("an aggregator whose pod is deleted after the tarball was made", () => {
    const place = usePlace("loss-sealed");
    const { namespace } = place;

    it("runs nothing again, and says that the tarball is lost and what can be done", async () => {
      const { run } = await runToEnd(place, ["-p", pluginFile("jobs/done-file.yaml")]);
      assert.equal(run.code, 0, run.stdout + run.stderr);
      const [pod = ""] = await aggregatorPods(namespace);
      await kubectl("delete", "pod", "-n", namespace, pod, "--wait=true");
      const waited = await asdic(["wait", "-n", namespace, "--timeout", "90s"]);
      assert.equal(waited.code, 4, waited.stdout + waited.stderr);
      assert.match(waited.stdout, new RegExp(`tarball \\(outcome complete.* was lost with pod ${pod}`));
      assert.doesNotMatch(waited.stdout, /asdic retrieve/);
      const status = JSON.parse((await asdic(["status", "-n", namespace, "--json"])).stdout);
      assert.deepEqual([status.phase, status.outcome, status.problems[0].code], ["complete", "failed", "tarball-lost"]);
      const retrieved = await asdic(["retrieve", "-n", namespace, "-o", `${place.tarball}.again`]);
      assert.equal(retrieved.code, 4, retrieved.stdout + retrieved.stderr);
      assert.match(retrieved.stderr, /asdic delete/);
      const [second = ""] = await aggregatorPods(namespace);
      assert.doesNotMatch(await readLog(namespace, second), /"started"/);
    });
  });

  describe("two aggregators at once", () => {
    const place = usePlace("loss-two");
    const { namespace } = place;

    it("only one of them works", async () => {
      await asdic(["run", "-n", namespace, ...lossPlugins]);
      const first = await untilLogged(namespace, quickAccepted);
      await kubectl("scale", "-n", namespace, "deployment/asdic-aggregator", "--replicas=2");
      const second = await untilLogged(namespace, /waiting: another aggregator works on this run/);
      assert.notEqual(first, second);
      const waited = await asdic(["wait", "-n", namespace]);
      assert.equal(waited.code, 0, waited.stdout + waited.stderr);
      assert.doesNotMatch(waited.stdout, /problem:/);
      const retrieved = await asdic(["retrieve", "-n", namespace, "-o", place.tarball]);
      assert.equal(retrieved.code, 0, retrieved.stderr);
      assertWhole(await readTarball(place.tarball), nodes);
      const did = async (pod: string): Promise<boolean> => /"tarball sealed"|"started"|"result accepted"/.test(await readLog(namespace, pod));
      assert.deepEqual([await did(first), await did(second)], [true, false]);
    });
  });
});

/** All lives of a pod's container, from the file that becomes meta/run.log. */
const readRunLog = (namespace: string, pod: string): Promise<string> => readPodFile(namespace, pod, "/var/lib/asdic/run.log").catch(() => "");
