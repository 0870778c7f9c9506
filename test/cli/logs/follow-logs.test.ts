import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { startLogServer, type LogServer } from "./log-server.ts";
import { bare, startPrinting, type Printing } from "./print.ts";

/** A run with its aggregator and one Job plugin, both of which talk. */
async function startRun(refuse?: Parameters<typeof startLogServer>[1]): Promise<LogServer> {
  const server = await startLogServer(["smoke", "later"], refuse);
  server.addPod({ name: "asdic-aggregator-1", plugin: "aggregator", containers: ["aggregator"] });
  server.addPod({ name: "smoke-x", plugin: "smoke", containers: ["smoke"] });
  server.write("asdic-aggregator-1/aggregator", ["03:04:05.000000000", "started"]);
  server.write("smoke-x/smoke", ["03:04:06.100000000", "one"], ["03:04:06.100000000", "two"]);
  server.publish("running");
  return server;
}

const complete = async (server: LogServer, printing: Printing): Promise<void> => {
  await server.watched();
  server.publish("complete");
  await printing.ended;
};

test("lines come as they are written, of pods that come later too, and it ends when the run is complete and the logs have ended", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true });
  await printing.until("two");
  await server.watched();
  server.addPod({ name: "later-a", plugin: "later", node: "worker-1", containers: ["later"] });
  server.write("later-a/later", ["03:04:07.000000000", "here I am"]);
  await printing.until("here I am");
  server.write("smoke-x/smoke", ["03:04:08.000000000", "three"]);
  await printing.until("three");
  server.end("smoke-x/smoke");
  server.write("asdic-aggregator-1/aggregator", ["03:04:09.000000000", "the last word"]);
  server.end("later-a/later");
  await complete(server, printing);
  assert.deepEqual(bare(printing.out()).toSorted(), ["here I am", "one", "started", "the last word", "three", "two"]);
  assert.match(printing.out(), /^later\/worker-1 later {6}│ here I am$/m);
  assert.equal(printing.err(), "");
  assert.equal(server.open(), 0);
});

test("a run that is complete is printed and not waited for", async () => {
  const server = await startRun();
  server.end("smoke-x/smoke");
  server.publish("complete");
  const printing = startPrinting(server, { follow: true, plugin: ["smoke"] });
  await printing.ended;
  assert.deepEqual(bare(printing.out()), ["one", "two"]);
});

for (const how of ["cut", "end"] as const)
  test(`an answer that is ${how === "cut" ? "cut off" : "ended by a server that restarts"} is asked for again from the last line, and none is lost or doubled`, async () => {
    const server = await startRun();
    const printing = startPrinting(server, { follow: true, plugin: ["smoke"], tail: "2" });
    await printing.until("two");
    await server.watched();
    server.interrupt(how);
    server.write("smoke-x/smoke", ["03:04:06.100000000", "three"], ["03:04:06.100000000", "four"], ["03:04:06.200000000", "five"]);
    await printing.until("five");
    server.interrupt(how);
    server.write("smoke-x/smoke", ["03:04:06.150000000", "six, of another stream"], ["03:04:07.000000000", "seven"]);
    await printing.until("seven");
    server.end("smoke-x/smoke");
    await complete(server, printing);
    assert.deepEqual(bare(printing.out()), ["one", "two", "three", "four", "five", "six, of another stream", "seven"]);
    assert.equal(printing.err(), "");
    assert.deepEqual(
      server
        .asked("smoke-x/smoke")
        .map(({ sinceTime, tailLines }) => [sinceTime, tailLines])
        .slice(0, 3),
      [
        [undefined, "2"],
        ["2026-01-02T03:04:06Z", undefined],
        ["2026-01-02T03:04:06Z", undefined],
      ],
    );
  });

test("after --tail 0 a connection that breaks before the first line loses none of what follows", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true, plugin: ["smoke"], tail: "0" });
  while (server.open() === 0) await sleep(5);
  server.interrupt("cut");
  server.write("smoke-x/smoke", ["03:05:01.000000000", "three"]);
  await printing.until("three");
  await complete(server, printing);
  assert.deepEqual(bare(printing.out()), ["three"]);
});

test("a container that restarts is followed on: first what it still said before, then what it says now", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true, plugin: ["smoke"] });
  await printing.until("two");
  await server.watched();
  // What is written while the connection is away is in the former run's log when it is back.
  server.interrupt("end");
  server.write("smoke-x/smoke", ["03:04:06.900000000", "last words"]);
  server.end("smoke-x/smoke");
  server.restart("smoke-x/smoke");
  server.write("smoke-x/smoke", ["03:04:07.000000000", "again"]);
  await printing.until("again");
  server.end("smoke-x/smoke");
  server.restart("smoke-x/smoke");
  server.write("smoke-x/smoke", ["03:04:08.000000000", "and again"]);
  await printing.until("and again");
  await complete(server, printing);
  assert.deepEqual(bare(printing.out()), ["one", "two", "last words", "again", "and again"]);
  assert.equal(printing.err(), "");
});

test("of a pod that comes later nothing is lost, though its container has crashed before it was seen", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true, plugin: ["later"] });
  await printing.until("Waiting for them");
  await server.watched();
  server.write("later-a/later", ["03:04:07.000000000", "crashes"]);
  server.restart("later-a/later");
  server.write("later-a/later", ["03:04:08.000000000", "again"]);
  server.addPod({ name: "later-a", plugin: "later", node: "worker-1", containers: ["later"] });
  await printing.until("again");
  await complete(server, printing);
  assert.deepEqual(bare(printing.out()), ["crashes", "again"]);
});

test("a pod that waits in vain is said once, and read when it comes after all", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true, plugin: ["smoke"] });
  await printing.until("two");
  await server.watched();
  const waiting = (reason: string, message: string) => ({
    phase: "Pending",
    containerStatuses: [{ name: "later", restartCount: 0, state: { waiting: { reason, message } } }],
  });
  server.addPod({ name: "smoke-y", plugin: "smoke", containers: ["later"], status: waiting("ContainerCreating", "") });
  server.remove("/api/v1/namespaces/asdic/pods/smoke-y");
  server.addPod({ name: "smoke-z", plugin: "smoke", containers: ["later"], status: waiting("ErrImagePull", "not found") });
  await printing.until("not found");
  server.setStatus("smoke-z", waiting("ImagePullBackOff", "back-off"));
  server.write("smoke-z/later", ["03:04:10.000000000", "pulled at last"]);
  server.setStatus("smoke-z", { phase: "Running", containerStatuses: [{ name: "later", restartCount: 0, state: { running: {} } }] });
  await printing.until("pulled at last");
  await complete(server, printing);
  assert.equal(printing.err(), "smoke later (pod smoke-z) has no log: ErrImagePull: not found\n");
});

test("a node that does not answer is said once and asked again, and the run's end does not wait for it", async () => {
  const server = await startRun();
  server.refuseNext("smoke-x/smoke", { status: 500, message: "dial tcp: no route to host", times: 2 });
  const printing = startPrinting(server, { follow: true, plugin: ["smoke"] });
  await printing.until("two");
  await server.watched();
  server.refuseNext("smoke-x/smoke", { status: 500, message: "still no route to host", times: 100 });
  server.interrupt("cut");
  await complete(server, printing);
  assert.equal(printing.err(), "The log of smoke smoke (pod smoke-x) can't be read now: dial tcp: no route to host\n");
});

test("more than 200 logs are not followed at once, which is said with how to narrow it; the others come when some have ended", async () => {
  const server = await startLogServer(["smoke"]);
  server.addPod({ name: "asdic-aggregator-1", plugin: "aggregator", containers: ["aggregator"] });
  for (let index = 0; index < 203; index++) {
    server.addPod({ name: `smoke-${index}`, plugin: "smoke", node: `worker-${index}`, containers: ["smoke"] });
    server.write(`smoke-${index}/smoke`, ["03:04:07.000000000", `line ${index}.`]);
  }
  const printing = startPrinting(server, { follow: true, plugin: ["smoke"] });
  await printing.until("line 199.");
  assert.match(printing.err(), /^Not more than 200 logs are followed at once; [^\n]+ Choose fewer by --plugin, --node or --container\.\n$/);
  assert.equal(server.open(), 200);
  assert.doesNotMatch(printing.out(), /line 20[012]\./);
  for (let index = 0; index < 3; index++) server.end(`smoke-${index}/smoke`);
  for (let index = 200; index < 203; index++) await printing.until(`line ${index}.`);
  await complete(server, printing);
});

test("who may not read logs is told, and all ends", async () => {
  const server = await startRun(({ path }) => (path.endsWith("/log") || path.endsWith("selfsubjectaccessreviews") ? 403 : undefined));
  await assert.rejects(startPrinting(server, { follow: true }).ended, (error) => isKnownError(error) && error.exitCode === 3);
});

test("the deletion of the run ends it and is said", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true });
  await printing.until("two");
  await server.watched();
  server.remove("/apis/apps/v1/namespaces/asdic/deployments/asdic-aggregator");
  await assert.rejects(
    printing.ended,
    (error) => isKnownError(error) && error.code === "run-incomplete" && error.exitCode === 4 && /was deleted/.test(error.message),
  );
});

test("Ctrl-C ends it at once", async () => {
  const server = await startRun();
  const printing = startPrinting(server, { follow: true });
  await printing.until("two");
  printing.stop();
  await assert.rejects(printing.ended, { name: "AbortError" });
  while (server.open() > 0) await sleep(5);
});
