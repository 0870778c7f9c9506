import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lease, LeaseTiming } from "../../../aggregator/lease/hold-lease.ts";
import { holdLease } from "../../../aggregator/lease/hold-lease.ts";
import { parseLease } from "../../../aggregator/lease/lease-object.ts";
import { createLog } from "../../../aggregator/log.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { ObjectServer } from "../../cli/object-server.ts";
import { startObjectServer } from "../../cli/object-server.ts";

const ref = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace: "asdic", name: "asdic-aggregator" };
const path = "/apis/coordination.k8s.io/v1/namespaces/asdic/leases/asdic-aggregator";
const quick: LeaseTiming = { renew: 50, retry: 20, patience: 500, deadline: 1500 };

describe("the run's lease", () => {
  const folder = mkdtempSync(join(tmpdir(), "asdic-lease-"));
  const life = new AbortController();
  after(() => {
    life.abort();
    rmSync(folder, { recursive: true });
  });
  const hold = (server: ObjectServer, holder: string, acquiring: AbortSignal = AbortSignal.timeout(20_000)): Promise<Lease> => {
    const log = createLog(join(folder, "run.log"), () => undefined);
    return holdLease({ cluster: server.cluster, ref, holder, log, signal: life.signal, acquiring }, quick);
  };
  const start = async (spec?: JsonObject, refuse?: Parameters<typeof startObjectServer>[0]): Promise<ObjectServer> => {
    const server = await startObjectServer(refuse);
    server.put(path, { ...ref, metadata: { name: ref.name, namespace: ref.namespace }, ...(spec && { spec }) });
    return server;
  };
  const read = async (server: ObjectServer) => parseLease(await server.cluster.get(ref));
  const byOther = { holderIdentity: "other", leaseDurationSeconds: 1, renewTime: "2026-01-01T00:00:00.000000Z" };

  it("is taken at once where nobody holds it, is renewed, and notes when the run began", async () => {
    const server = await start();
    const lease = await hold(server, "one");
    const before = await read(server);
    assert.deepEqual([lease.isInherited, before.holder], [false, "one"]);
    assert.equal(before.annotations["asdic.dev/run-started"], lease.startedAt.toISOString());
    for (let tries = 0; tries < 1000 && (await read(server)).renewed === before.renewed; tries += 1) await sleep(20);
    assert.notEqual((await read(server)).renewed, before.renewed);
    await lease.release();
  });

  it("is taken at once by a container that is restarted in the same pod, with what it had written", async () => {
    const server = await start();
    const first = await hold(server, "one");
    await first.annotate({ "asdic.dev/sealed": "x" });
    const asked = performance.now();
    const again = await hold(server, "one");
    assert.ok(performance.now() - asked < 900);
    assert.deepEqual([again.isInherited, again.inheritance["asdic.dev/sealed"], again.startedAt], [true, "x", first.startedAt]);
    await again.release();
  });

  it("is taken from one that does not renew it, but not before its time is over", async () => {
    const server = await start(byOther);
    const asked = performance.now();
    const lease = await hold(server, "one");
    assert.ok(performance.now() - asked > 1000);
    assert.equal((await read(server)).holder, "one");
    await lease.release();
  });

  it("is never held by two, and passes on when it is released", async () => {
    const server = await start();
    const holders: string[] = [];
    const both = ["one", "two"].map((holder) => hold(server, holder).then((lease) => (holders.push(holder), lease)));
    const first = await Promise.race(both);
    await sleep(1500);
    assert.equal(holders.length, 1);
    await first.release();
    assert.equal(parseLease(await server.cluster.get(ref)).holder, undefined);
    await Promise.all(both);
    assert.equal(holders.length, 2);
  });

  it("is lost when another has it, and nothing is written over that", async () => {
    const server = await start();
    const lease = await hold(server, "one");
    server.put(path, { ...ref, metadata: { name: ref.name, namespace: ref.namespace }, spec: byOther });
    await assert.rejects(lease.annotate({ "asdic.dev/sealed": "x" }));
    assert.match(String(lease.lost.reason), /held by other/);
    await lease.release();
    assert.equal((await read(server)).holder, "other");
  });

  it("is lost when it can't be renewed in time, and outlasts a shorter trouble", async () => {
    let isDown = false;
    const server = await start(undefined, ({ method }) => (isDown && method === "PUT" ? 503 : undefined));
    const lease = await hold(server, "one");
    isDown = true;
    await sleep(300);
    isDown = false;
    await sleep(1500);
    assert.equal(lease.lost.aborted, false);
    isDown = true;
    await once(lease.lost, "abort");
    assert.match(String(lease.lost.reason), /could not be renewed in time/);
  });

  it("is waited for no longer than the aggregator is wanted", async () => {
    const server = await start({ ...byOther, leaseDurationSeconds: 60 });
    await assert.rejects(hold(server, "one", AbortSignal.timeout(100)));
    assert.equal((await read(server)).holder, "other");
  });

  it("is what a person must mend where it is missing", async () => {
    const server = await startObjectServer();
    await assert.rejects(hold(server, "one"), { code: "not-found" });
  });
});
