import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { test } from "node:test";
import { findFreePort } from "../../../free-port.ts";
import { listen } from "./loopback-server.ts";
import { startTestCluster } from "./test-cluster.ts";
import { node, pods } from "./test-objects.ts";
import { openClient, openRefused } from "./web-socket-client.ts";

const cluster = await startTestCluster([node, ...pods]);
const greeter = await listen((socket) => socket.once("data", (data) => socket.end(`hello ${data.toString()}`)));
const echo = await listen((socket) => socket.pipe(socket));
const closed = await findFreePort();
const v4 = ["v4.channel.k8s.io"];
const at = (query: string, pod = "single"): string => `${cluster.url}/api/v1/namespaces/space/pods/${pod}/portforward?${query}`;

const portBytes = (port: number): string => String.fromCodePoint(port & 0xff, port >> 8);

test("each channel begins with its port, and the socket closes when the pod has said all", async () => {
  const client = await openClient(at(`ports=${greeter}`), ["v5.channel.k8s.io", ...v4]);
  client.say(1, "nobody listens to errors of clients");
  client.say(9, "or to channels that are not there");
  client.say(0, "you");
  assert.deepEqual(await client.ended, { channels: { 0: `${portBytes(greeter)}hello you`, 1: portBytes(greeter) }, code: 1000 });
});

test("a port at which nobody listens is told on its error channel, while another one works", async () => {
  const client = await openClient(at(`ports=${greeter}&ports=${closed}`), v4);
  client.say(0, "you");
  const { channels } = await client.ended;
  assert.equal(channels[0], `${portBytes(greeter)}hello you`);
  const why = `failed to connect to localhost:${closed} inside namespace "uid-single", IPv4: dial tcp4 127.0.0.1:${closed}: connect: connection refused`;
  assert.equal(channels[3], `${portBytes(closed)}error forwarding port ${closed} to pod uid-single, uid : ${why}`);
});

test("several ports in one word are several ports, and sixteen megabytes come back whole", async () => {
  const client = await openClient(at(`ports=${closed},${echo}`), v4);
  for (let sent = 0; sent < 256; sent += 1) client.say(2, Buffer.alloc(64 * 1024, "x"));
  client.say(2, "end");
  await client.heard(2, "end");
  client.socket.terminate();
  assert.equal((await client.ended).channels[2]?.length, 2 + 16 * 1024 * 1024 + 3);
});

test("a client that goes takes its connection along", async () => {
  const arrived = Promise.withResolvers<Socket>();
  const port = await listen((socket) => arrived.resolve(socket.resume()));
  const client = await openClient(at(`ports=${port}`), v4);
  const socket = await arrived.promise;
  const gone = once(socket, "end");
  client.socket.terminate();
  await gone;
});

/** Of v1.36.3; only made-up pods are ours alone. */
const refusals: readonly (readonly [url: string, protocols: readonly string[], code: number, text: string])[] = [
  [at(""), v4, 400, `query parameter "port" is required`],
  [at("ports=0"), v4, 400, `port "0" must be > 0`],
  [at("ports=x"), v4, 400, `cannot convert to []int32: strconv.ParseUint: parsing "x": invalid syntax`],
  [at("ports=70000"), v4, 400, `cannot convert to []int32: strconv.ParseUint: parsing "70000": value out of range`],
  [at("ports=80"), ["v5.channel.k8s.io"], 403, ""],
  [at("ports=80", "pending"), v4, 400, "pod pending does not have a host assigned"],
  [at("ports=80", "creating"), v4, 500, `pod not found ("creating_space")`],
  [at("ports=80", "done"), v4, 500, `pod not found ("done_space")`],
  [at("ports=80", "declared"), v4, 400, "pod declared is made up, with annotation embedded.asdic.dev/state: declared; nothing listens in it"],
];

for (const [url, protocols, code, words] of refusals) {
  test(`${new URL(url).pathname.split("/")[6]} ${new URL(url).search} over ${protocols.join()} is refused with ${code}`, async () => {
    const refused = await openRefused(url, protocols);
    assert.equal(refused.code, code);
    assert.equal(refused.contentType === "application/json" ? (JSON.parse(refused.body) as Record<string, unknown>)["message"] : refused.body, words);
  });
}

test("a node that does not answer is told before the handshake", async () => {
  cluster.agent.isLost = true;
  const refused = await openRefused(at("ports=80"), v4);
  cluster.agent.isLost = false;
  assert.ok(refused.body.includes(`"message":"error dialing backend: dial tcp 10.0.0.9:10250: connect: no route to host"`), refused.body);
});
