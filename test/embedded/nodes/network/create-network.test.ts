import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createPodNetwork } from "../../../../embedded/nodes/network/create-network.ts";

const target = { host: "10.96.0.1", port: 443 };

/** A network in which a pod on worker-1 can dial a server of this process; the server's ends come one after another. */
async function openNetwork(context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "asdic-network-"));
  const network = createPodNetwork({ folder: join(folder, "n") });
  const arrived: Duplex[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => void arrived.push(socket));
  network.serve(target, (connection) => server.emit("connection", connection));
  const pod = { uid: "pod", namespace: "default", nodeName: "worker-1", hostNetwork: false, isLoopbackNative: false, dialNative: () => undefined };
  const plug = await network.openPod(pod);
  context.after(async () => {
    for (const socket of arrived) socket.destroy();
    await plug.close();
    await network.close();
    assert.deepEqual(await readdir(folder), []);
    await rm(folder, { recursive: true });
  });
  const dial = async (): Promise<readonly [Duplex, Duplex]> => {
    const here = await network.dial(target, "pod");
    here.on("error", () => undefined);
    const there = arrived.at(-1);
    assert.ok(there !== undefined);
    return [here, there];
  };
  return { network, plug, dial };
}

test("a connection carries both directions, and each end by itself", async (context) => {
  const { dial } = await openNetwork(context);
  const [here, there] = await dial();
  const body = "x".repeat(3_000_000);
  there.end(body);
  assert.equal((await text(here)).length, body.length);
  assert.equal(await text(there), "");

  const [client, server] = await dial();
  client.write("question");
  const [asked] = await once(server, "data");
  server.end(`answer to ${String(asked)}`);
  assert.equal(await text(client), "answer to question");
});

test("who is gone is gone for the other end too, as soon as it says something", async (context) => {
  const { dial } = await openNetwork(context);
  for (const index of [0, 1]) {
    const ends = await dial();
    const [gone, left] = index === 0 ? ends : [ends[1], ends[0]];
    left.on("error", () => undefined);
    const closed = new Promise((resolve) => left.on("close", resolve));
    const say = (): void => void left.write("anybody?", (error) => void (error ?? setImmediate(say)));
    left.on("end", say);
    left.resume();
    gone.destroy();
    await closed;
  }
});

test("a node that is cut goes silent; what was said meanwhile comes when it is mended", async (context) => {
  const { network, dial } = await openNetwork(context);
  const [here, there] = await dial();
  network.faults.cutNode("worker-1");
  here.write("held back");
  there.end("also held back");
  const refused = network.dial(target, "pod");
  const heard: string[] = [];
  for (const [name, end] of [
    ["here", here],
    ["there", there],
  ] as const)
    end.on("data", () => heard.push(name));
  await assert.rejects(refused, { code: "EHOSTUNREACH" });
  assert.deepEqual(heard, []);
  assert.ok((await network.dial(target)) !== undefined, "the control plane is not cut off");
  const ended = Promise.all([once(here, "end"), once(there, "data")]);
  network.faults.mendNode("worker-1");
  await ended;
  assert.deepEqual(new Set(heard), new Set(["here", "there"]));
});

test("a connection attempt goes on when the node is mended in time, and pods of one node always reach one another", async (context) => {
  const { network, dial } = await openNetwork(context);
  network.faults.cutNode("worker-1");
  const dialling = dial();
  network.faults.clear();
  await dialling;
});

test("between nodes nothing passes when it is cut there, and the API server is reached all the same", async (context) => {
  const { network, dial } = await openNetwork(context);
  const nowhere = { namespace: "default", hostNetwork: false, isLoopbackNative: false, dialNative: () => undefined };
  const [near, far] = [
    await network.openPod({ ...nowhere, uid: "near", nodeName: "worker-1" }),
    await network.openPod({ ...nowhere, uid: "far", nodeName: "worker-2" }),
  ];
  context.after(() => Promise.all([near.close(), far.close()]));
  const knock = (host: string): Promise<unknown> => network.dial({ host, port: 1 }, "pod");
  network.faults.cutBetweenNodes();
  await assert.rejects(knock(far.address), { code: "EHOSTUNREACH" });
  // Nobody listens there, and that is an answer.
  await assert.rejects(knock(near.address), { code: "ECONNREFUSED" });
  await dial();
  network.faults.clear();
  await assert.rejects(knock(far.address), { code: "ECONNREFUSED" });
});

test("a limit breaks connections off after so many bytes, so many times", async (context) => {
  const { network, dial } = await openNetwork(context);
  network.faults.limit("10.96.0.1", { breakAfterBytes: 1000, times: 1 });
  const [here, there] = await dial();
  here.write("x".repeat(5000));
  assert.equal((await there.toArray().then((chunks) => Buffer.concat(chunks))).length, 1000);
  const [next, other] = await dial();
  next.end("x".repeat(5000));
  assert.equal((await text(other)).length, 5000);
});

test("a slow connection loses nothing", async (context) => {
  const { network, dial } = await openNetwork(context);
  network.faults.limit("10.96.0.1", { bytesPerSecond: 1_000_000 });
  const [here, there] = await dial();
  here.end("x".repeat(300_000));
  assert.equal((await text(there)).length, 300_000);
});

test("nobody answers where nobody is", async (context) => {
  const { network, plug } = await openNetwork(context);
  network.setServices([{ namespace: "default", name: "empty", clusterIPs: ["10.96.5.5"], ports: [{ port: 80, endpoints: [] }] }]);
  const cases = [
    [{ host: plug.address, port: 80 }, "ECONNREFUSED"],
    [{ host: "empty", port: 80 }, "ECONNREFUSED"],
    [{ host: "10.96.5.5", port: 81 }, "ECONNREFUSED"],
    [{ host: "nobody.default.svc", port: 80 }, "ENOTFOUND"],
    [{ host: "10.244.9.9", port: 80 }, "EHOSTUNREACH"],
    [{ host: "198.51.100.1", port: 80 }, "EHOSTUNREACH"],
  ] as const;
  for (const [address, code] of cases) await assert.rejects(network.dial(address, "pod"), { code }, JSON.stringify(address));
  await assert.rejects(plug.dial(80), { code: "ECONNREFUSED" });
});

test("a pod may say what it likes over its control socket", async (context) => {
  const { plug } = await openNetwork(context);
  const open = async (): Promise<Socket> => {
    const socket = connect(join(plug.folder, "control"));
    socket.on("error", () => undefined);
    await once(socket, "connect");
    return socket;
  };
  const lines = [
    "",
    "{",
    "null",
    "[]",
    '{"do":"connect","id":1,"host":5,"port":1}',
    '{"do":"connect","id":1,"host":"x","port":70000}',
    '{"do":"listen","id":"1"}',
    '{"do":"unlisten","listener":77}',
    '{"do":"refuse","path":"../../x"}',
    '{"do":"__proto__","id":1}',
  ];
  const socket = await open();
  socket.write(`${lines.join("\n")}\n${JSON.stringify({ do: "lookup", id: 9, name: "nobody\0." })}\n`);
  assert.equal(String((await once(socket, "data"))[0]), '{"id":9,"addresses":[]}\n');
  const flood = await open();
  flood.write("x".repeat(200_000));
  await new Promise((resolve) => flood.on("close", resolve));
  socket.destroy();
});

test("nodes get their numbers in the order in which they are named, pods their addresses from the node's range", async (context) => {
  const { network } = await openNetwork(context);
  assert.deepEqual(
    ["worker-1", "worker-2", "worker-1"].map((name) => network.nodeOf(name)),
    [
      { address: "172.18.0.2", podCidr: "10.244.0.0/24" },
      { address: "172.18.0.3", podCidr: "10.244.1.0/24" },
      { address: "172.18.0.2", podCidr: "10.244.0.0/24" },
    ],
  );
});
