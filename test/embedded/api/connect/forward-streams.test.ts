import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import type { Duplex } from "node:stream";
import { test } from "node:test";
import { constants, createDeflate, createInflate } from "node:zlib";
import { buildControlFrame, buildDataFrame, frameTypes, readFrames } from "../../../../embedded/api/connect/spdy/frames.ts";
import { headerDictionary } from "../../../../embedded/api/connect/spdy/header-dictionary.ts";
import { findFreePort } from "../../../free-port.ts";
import { listen } from "./loopback-server.ts";
import { startTestCluster } from "./test-cluster.ts";
import { node, pods } from "./test-objects.ts";
import { ask } from "./web-socket-client.ts";

const cluster = await startTestCluster([node, ...pods]);
const url = `${cluster.url}/api/v1/namespaces/space/pods/single/portforward`;
const upgrade = { connection: "Upgrade", upgrade: "SPDY/3.1", "x-stream-protocol-version": "portforward.k8s.io" };
const greeter = await listen((socket) => socket.once("data", (data) => socket.end(`hello ${data.toString()}`)));
const echo = await listen((socket) => socket.pipe(socket));
const closed = await findFreePort();
const fin = 1;

/** A client of SPDY: what came on each stream, with "|" for its end and "!" for its reset. */
async function openSession() {
  const socket = await new Promise<Duplex>((resolve, reject) => {
    const asking = request(url, { method: "POST", headers: upgrade }).on("error", reject).end();
    asking.once("upgrade", (_answer, raw) => resolve(raw)).once("response", (answer) => reject(new Error(String(answer.statusCode))));
  });
  socket.on("error", () => undefined);
  const deflate = createDeflate({ dictionary: headerDictionary, flush: constants.Z_SYNC_FLUSH });
  const inflate = createInflate({ dictionary: headerDictionary, flush: constants.Z_SYNC_FLUSH });
  const heard = new Map<number, string>();
  const changed = new EventTarget();
  const add = (id: number, words: string): void => {
    heard.set(id, (heard.get(id) ?? "") + words);
    changed.dispatchEvent(new Event("change"));
  };
  // Of a reply, the headers in hexadecimal.
  inflate.on("data", (piece: Buffer) => add(-1, piece.toString("hex")));
  const ended = (async () => {
    for await (const frame of readFrames(socket)) {
      if (frame.kind === "data") add(frame.streamId, frame.payload.toString("latin1") + (frame.flags === fin ? "|" : ""));
      else if (frame.type === frameTypes.rstStream) add(frame.payload.readUInt32BE(0), "!");
      else if (frame.type === frameTypes.ping) add(0, `pong ${frame.payload.readUInt32BE(0)}`);
      else if (frame.type === frameTypes.goAway) add(0, "goaway");
      else if (frame.type === frameTypes.synReply) inflate.write(frame.payload.subarray(4));
    }
  })().catch(() => undefined);
  return {
    socket,
    heard,
    ended,
    async open(id: number, headers: Readonly<Record<string, string>>) {
      const words = Object.entries(headers).flat();
      const block = Buffer.concat([number(words.length / 2), ...words.flatMap((word) => [number(word.length), Buffer.from(word)])]);
      const packed = once(deflate, "data") as Promise<[Buffer]>;
      deflate.write(block);
      socket.write(buildControlFrame(frameTypes.synStream, [id, 0, Buffer.alloc(2), (await packed)[0]]));
    },
    say: (id: number, words: string, flags = 0) => void socket.write(buildDataFrame(id, Buffer.from(words), flags)),
    async hears(id: number, words: string) {
      while (!(heard.get(id) ?? "").includes(words)) await new Promise((resolve) => changed.addEventListener("change", resolve, { once: true }));
    },
  };
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const pair = (port: number, requestid: string) => (["error", "data"] as const).map((streamtype) => ({ streamtype, port: String(port), requestid }));

test("pairs of streams lead to ports, several at a time, and both end when the pod has said all", async () => {
  const session = await openSession();
  for (const [index, headers] of [...pair(greeter, "0"), ...pair(greeter, "1")].entries()) await session.open(2 * index + 1, headers);
  session.say(7, "two");
  await session.hears(7, "|");
  session.say(3, "one");
  await session.hears(3, "|");
  await session.hears(1, "|");
  const noHeaders = "00000000".repeat(4);
  await session.hears(-1, noHeaders);
  assert.deepEqual(Object.fromEntries(session.heard), { "-1": noHeaders, 1: "|", 3: "hello one|", 5: "|", 7: "hello two|" });
  session.socket.destroy();
});

test("a port at which nobody listens is told on the error stream; the session goes on", async () => {
  const session = await openSession();
  for (const [index, headers] of pair(closed, "0").entries()) await session.open(2 * index + 1, headers);
  await session.hears(1, "|");
  assert.match(session.heard.get(1) ?? "", /^error forwarding port \d+ to pod uid-single, uid : failed to connect to localhost:\d+ .*connection refused\|$/);
  for (const [index, headers] of pair(greeter, "1").entries()) await session.open(2 * index + 5, headers);
  session.say(7, "still there");
  await session.hears(7, "hello still there|");
  session.socket.destroy();
});

test("a client may end its half first, and pings are answered", async () => {
  const session = await openSession();
  for (const [index, headers] of pair(echo, "0").entries()) await session.open(2 * index + 1, headers);
  session.say(3, "x".repeat(500_000));
  session.say(3, "the end", fin);
  session.socket.write(buildControlFrame(frameTypes.ping, [41]));
  session.socket.write(buildControlFrame(frameTypes.settings, [0]));
  session.socket.write(buildControlFrame(frameTypes.windowUpdate, [3, 1000]));
  await session.hears(3, "|");
  assert.equal(session.heard.get(3), `${"x".repeat(500_000)}the end|`);
  await session.hears(0, "pong 41");
  session.socket.destroy();
});

test("streams that say nothing of use are reset, and so is a number that was used before", async () => {
  const session = await openSession();
  await session.open(1, { streamtype: "nonsense", port: "80" });
  await session.hears(1, "!");
  await session.open(3, { streamtype: "data", port: "0" });
  await session.hears(3, "!");
  await session.open(3, { streamtype: "data", port: "80" });
  await session.hears(3, "!!");
  session.say(99, "to no stream");
  session.socket.write(buildControlFrame(frameTypes.rstStream, [99, 5]));
  session.socket.write(buildControlFrame(frameTypes.ping, [1]));
  await session.hears(0, "pong 1");
  session.socket.destroy();
});

for (const [what, bytes] of [
  ["no SPDY", Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100_000))],
  ["another version of it", Buffer.from("8002000100000000", "hex")],
  ["a frame that is too large", Buffer.from("8003000100ffffff", "hex")],
  ["headers that are no zlib", buildControlFrame(frameTypes.synStream, [1, 0, Buffer.alloc(40, 0xff)])],
  ["a frame that breaks off", buildControlFrame(frameTypes.ping, [])],
] as const) {
  test(`${what} ends the session and nothing else`, async () => {
    const session = await openSession();
    session.socket.write(bytes);
    await session.ended;
    assert.equal(session.heard.get(0), "goaway");
    session.socket.destroy();
    assert.equal((await ask(url, upgrade)).code, 101);
  });
}

test("what opens no session is refused in the kubelet's words", async () => {
  const bogus = await ask(url, { ...upgrade, "x-stream-protocol-version": "bogus" });
  assert.deepEqual(
    [bogus.code, bogus.body, Reflect.get(bogus.headers, "x-accepted-stream-protocol-versions")],
    [403, "unable to upgrade: unable to negotiate protocol: client supports [bogus], server accepts [portforward.k8s.io]\n", "portforward.k8s.io"],
  );
  const { body, code } = await ask(url, { connection: "Upgrade", upgrade: "other" });
  assert.deepEqual([code, body.startsWith("unable to upgrade: header X-Stream-Protocol-Version does not exist in request with")], [400, true]);
  const tunnel = await ask(url, {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-protocol": "SPDY/3.1+portforward.k8s.io",
  });
  assert.deepEqual([tunnel.code, Reflect.get(tunnel.headers, "sec-websocket-protocol")], [101, "SPDY/3.1+portforward.k8s.io"]);
});
