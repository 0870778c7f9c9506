import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect as connectPlainly } from "node:net";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { serverName } from "../../../core/contract/names.ts";
import type { Door } from "./door.ts";
import { openDoor } from "./door.ts";

const put = "PUT /api/v1/results/by-node/slow/p HTTP/1.1\r\nhost: a\r\nauthorization: Bearer pod-slow\r\n";

/** What a peer does that takes its time: bytes over TLS, or, where `isPlain`, over the bare connection. */
type Slow = { readonly isPlain?: boolean; readonly begin: string; readonly every50ms?: string };
const ended: { readonly [what: string]: Slow } = {
  "says nothing after it has connected": { isPlain: true, begin: "" },
  "stops in the middle of the TLS handshake": { isPlain: true, begin: "\x16\x03\x01\x02\x00\x01\x00" },
  "sends a TLS handshake byte by byte": { isPlain: true, begin: "\x16\x03\x01\x3f\xff\x01", every50ms: "\0" },
  "says nothing after the TLS handshake": { begin: "" },
  "stops in the middle of the header": { begin: "PUT /api/v1/results/by-node/slow/p HTTP/1.1\r\nhost: a\r\nx-more: " },
  "sends a header without end": { begin: "PUT /api/v1/results/by-node/slow/p HTTP/1.1\r\nhost: a\r\nx-more: ", every50ms: "a" },
  "is silent after the header": { begin: `${put}content-length: 100000\r\n\r\n` },
  "is silent in the middle of the body": { begin: `${put}content-length: 100000\r\n\r\n${"a".repeat(2000)}` },
  "is silent in the middle of a chunk": { begin: `${put}transfer-encoding: chunked\r\n\r\nffff\r\na` },
  "says how long its poll is, and no more": {
    begin: "POST /asdic/v1/poll HTTP/1.1\r\nhost: a\r\nauthorization: Bearer pod-slow\r\ncontent-length: 30\r\n\r\n{",
  },
};

describe("peers that take their time", () => {
  let results = createExpectedResults(() => new Date());
  let door: Door;
  before(async () => {
    const patience = { handshake: 400, header: 400, silence: 600 };
    door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }), { patience });
  });
  after(() => door.close());
  beforeEach(() => {
    results = createExpectedResults(() => new Date());
    for (const node of ["slow", "fast"]) results.expect("p", node);
  });

  const open = async (
    { isPlain = false, begin, every50ms }: Slow,
    { port, ca } = door,
  ): Promise<{ readonly socket: Socket; readonly ended: Promise<void> }> => {
    const socket = isPlain ? connectPlainly(port, "127.0.0.1") : connect({ host: "127.0.0.1", port, ca, servername: serverName });
    const over = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => undefined);
    // Without a reader the end of the connection would not be seen.
    socket.resume();
    await once(socket, isPlain ? "connect" : "secureConnect");
    socket.write(Buffer.from(begin, "latin1"));
    if (every50ms !== undefined) {
      const timer = setInterval(() => socket.write(every50ms), 50);
      socket.once("close", () => clearInterval(timer));
    }
    return { socket, ended: over };
  };
  const sendFast = async (to = door): Promise<number> => {
    const headers = { authorization: "Bearer pod-fast", "content-disposition": "attachment;filename=a.bin" };
    return (await to.send({ path: "/api/v1/results/by-node/fast/p", headers, body: Buffer.alloc(300_000) })).status;
  };

  for (const [what, slow] of Object.entries(ended))
    it(`ends the connection of one that ${what}, and of no other`, async () => {
      const peer = await open(slow);
      assert.equal(await sendFast(), 200);
      await peer.ended;
      assert.equal((await door.send({ method: "GET", path: "/healthz" })).status, 200);
    });

  it("takes a body that trickles for longer than all of these, and lets it hold up nobody", async (context) => {
    const patient = await openDoor(() => ({ results, gate: createGate(), isSealed: false }), { patience: { handshake: 5000, header: 1500, silence: 3000 } });
    context.after(() => patient.close());
    const body = "a".repeat(40);
    const fast = Promise.withResolvers<void>();
    const trickle = async (node: string): Promise<void> => {
      results.expect("p", node);
      const { socket } = await open({ begin: `${put.replaceAll("slow", node)}content-length: ${body.length}\r\n\r\n` }, patient);
      const answered = once(socket, "data");
      for (const letter of body.slice(1)) {
        socket.write(letter);
        await sleep(100);
      }
      await fast.promise;
      assert.equal(results.find("p", node)?.upload, undefined);
      socket.write("a");
      assert.match(String(await answered), /^HTTP\/1\.1 200 /);
      socket.destroy();
      assert.equal(results.find("p", node)?.upload?.size, body.length);
    };
    const trickling = Promise.all(Array.from({ length: 20 }, (_, index) => trickle(`t${index}`)));
    await sleep(500);
    assert.equal(await sendFast(patient), 200);
    fast.resolve();
    await trickling;
  });

  it("asks for no byte of a body that is announced as too large, or has no plain name", async () => {
    for (const [header, status] of [
      ["content-length: 1048577", 413],
      ["content-length: 10\r\ncontent-disposition: attachment;filename=..", 422],
    ] as const) {
      const { socket } = await open({ begin: `${put}expect: 100-continue\r\n${header}\r\n\r\n` });
      const [answer] = await once(socket, "data");
      assert.match(String(answer), new RegExp(`^HTTP/1\\.1 ${status} `));
      socket.destroy();
    }
  });
});
