import assert from "node:assert/strict";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import type { Peer } from "./web-socket-server.ts";
import { startWebSocketServer } from "./web-socket-server.ts";

const command = { namespace: "asdic", pod: "p", container: "c", command: ["relay"] };
const port = { namespace: "asdic", pod: "p", port: 8080 };
const success = `{"metadata":{},"status":"Success"}`;
const exited1 = `{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"1"}]}}`;

async function serve(onOpen: (peer: Peer) => void) {
  const server = await startWebSocketServer(onOpen);
  const connection = { server: server.address, namespace: undefined, identity: { label: "", loginHint: "", proxy: undefined }, authenticate: async () => ({}) };
  return { ...server, cluster: openCluster(connection, { connect: 2000, idle: 2000, backOff: 5 }) };
}

/** The payloads of a client's frames, which are masked, from the bytes that came. */
function* readFrames(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + 6 <= bytes.length;) {
    const length = (bytes[at + 1] ?? 0) & 0x7f;
    const mask = bytes.subarray(at + 2, at + 6);
    yield Buffer.from(bytes.subarray(at + 6, at + 6 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
    at += 6 + length;
  }
}

test("a command's output is what is read, and its end is the end", async () => {
  const { cluster, requests } = await serve((peer) => {
    peer.send(1, "");
    peer.send(1, "one ");
    peer.send(2, "aside");
    peer.send(1, "two");
    peer.send(3, success);
  });
  assert.equal(await text(await cluster.openExec(command)), "one two");
  assert.equal(new URL(requests[0]?.url ?? "", "http://x").searchParams.get("stdin"), "true");
});

test("a command that fails says why, in its own words", async () => {
  const { cluster } = await serve((peer) => {
    peer.send(2, "nobody listens");
    peer.send(3, exited1);
  });
  await assert.rejects(text(await cluster.openExec(command)), { code: "cluster-refused", message: /could not be run: nobody listens\.$/ });
});

test("what is written goes out on channel 0, and the end closes it", async () => {
  const frames: Buffer[] = [];
  const { cluster } = await serve((peer) => peer.raw.on("data", (bytes: Buffer) => frames.push(...readFrames(bytes))));
  const stream = await cluster.openExec(command);
  stream.end("hello");
  await once(stream, "finish");
  while (frames.length < 2) await sleep(5);
  assert.deepEqual(frames.slice(0, 2), [Buffer.from("\0hello"), Buffer.from([255, 0])]);
  stream.destroy();
});

test("who does not read holds the other side back", async () => {
  let peer: Peer | undefined;
  const { cluster } = await serve((made) => (peer = made));
  const stream = await cluster.openExec(command);
  const chunk = Buffer.alloc(256 * 1024);
  for (let sent = 0; sent < 256; sent++) peer?.send(1, chunk);
  await sleep(300);
  assert.ok(stream.readableLength < 4 * 1024 * 1024, `${stream.readableLength} bytes are in memory`);
  assert.ok((peer?.raw.writableLength ?? 0) > 16 * 1024 * 1024, "the rest waits at the sender");
  stream.destroy();
});

test("a port's bytes come without the number before them, and its refusal as an error", async () => {
  const open = (say: (peer: Peer) => void) =>
    serve((peer) => {
      peer.send(0, Buffer.from([0x90, 0x1f]));
      peer.send(1, Buffer.from([0x90, 0x1f]));
      say(peer);
    });
  const answered = await open((peer) => {
    peer.send(0, "hello");
    peer.close();
  });
  assert.equal(await text(await answered.cluster.openForward(port)), "hello");
  assert.match(answered.requests[0]?.url ?? "", /\/pods\/p\/portforward\?ports=8080$/);
  const refused = await open((peer) => peer.send(1, "connection refused"));
  await assert.rejects(text(await refused.cluster.openForward(port)), { code: "cluster-unreachable", message: /Port 8080 of pod "p".*connection refused/ });
});

test("the signal ends a stream", async () => {
  const { cluster } = await serve(() => undefined);
  const stop = new AbortController();
  const stream = await cluster.openExec({ ...command, signal: stop.signal });
  stop.abort();
  await once(stream, "close");
});
