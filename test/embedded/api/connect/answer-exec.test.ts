import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { node, pods } from "./test-objects.ts";
import { startTestCluster } from "./test-cluster.ts";
import { ask, openClient, openRefused } from "./web-socket-client.ts";

const cluster = await startTestCluster([node, ...pods]);
const v5 = ["v5.channel.k8s.io"];
const v4 = ["v4.channel.k8s.io"];

const at = (path: string, ...command: readonly string[]): string =>
  `${cluster.url}/api/v1/namespaces/space/pods/${path}${command.map((word) => `&command=${encodeURIComponent(word)}`).join("")}`;
const exec = (...script: readonly string[]): string => at("single/exec?stdin=true&stdout=true&stderr=true", "sh", "-c", script.join("\n"));

const exited = (exitCode: number): string =>
  `{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: command terminated with exit code ${exitCode}","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"${exitCode}"}]}}`;

/** Of v1.36.3, byte for byte. */
const ends: readonly (readonly [script: string, protocols: readonly string[], channels: Readonly<Record<number, string>>])[] = [
  ["echo out; echo err >&2", v5, { 1: "out\n", 2: "err\n", 3: `{"metadata":{},"status":"Success"}` }],
  ["echo out; echo err >&2", v4, { 1: "out\n", 2: "err\n", 3: `{"status":"Success"}` }],
  ["exit 7", v5, { 1: "", 3: exited(7) }],
  ["kill -9 $$", v5, { 1: "", 3: exited(137) }],
  [
    "exit 7",
    v4,
    {
      1: "",
      3: `{"status":"Failure","message":"command terminated with non-zero exit code: error executing command [sh -c exit 7], exit code 7","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}`,
    },
  ],
  ["exit 0", ["v4.channel.k8s.io", "v5.channel.k8s.io", "v3.channel.k8s.io"], { 1: "", 3: `{"metadata":{},"status":"Success"}` }],
];

for (const [script, protocols, channels] of ends) {
  test(`"${script}" over ${protocols.join(" or ")} ends as on the real server`, async () => {
    const client = await openClient(exec(script), protocols);
    assert.deepEqual(await client.ended, { channels, code: 1000 });
    // The real server's first message is an empty one on channel 1.
    assert.deepEqual(client.messages[0], Buffer.of(1));
  });
}

test("a program that is not there is told on the error channel", async () => {
  const { ended } = await openClient(at("single/exec?stdout=true", "no-such-program"), v5);
  const status = JSON.parse((await ended).channels[3] ?? "") as Record<string, unknown>;
  assert.deepEqual([status["status"], status["reason"], status["code"]], ["Failure", "InternalError", 500]);
  assert.match(String(status["message"]), /^Internal error occurred: Internal error occurred: error executing command in container: .*ENOENT/);
});

test("input reaches the command, and version 5 can end it", async () => {
  const client = await openClient(exec("cat"), v5);
  client.say(0, "hello ");
  client.say(7, "nobody listens here");
  client.socket.send(Buffer.alloc(0));
  client.socket.send("\0world");
  await client.heard(1, "hello world");
  client.say(4, `{"Width":80,"Height":24}`);
  client.say(255, Buffer.of(0));
  assert.deepEqual((await client.ended).channels, { 1: "hello world", 3: `{"metadata":{},"status":"Success"}` });
});

test("only the outputs that were asked for come, and a terminal has one", async () => {
  const script = "echo out; sleep 0.1; echo err >&2";
  const out = await openClient(at("single/exec?stdout=true", "sh", "-c", script), v5);
  assert.equal(Object.keys((await out.ended).channels).join(), "1,3");
  const terminal = await openClient(at("single/exec?stdout=true&stderr=true&tty=true", "sh", "-c", script), v5);
  assert.equal((await terminal.ended).channels[1], "out\nerr\n");
});

test("sixteen megabytes there and back are not one byte short", async () => {
  const client = await openClient(exec("cat"), v5);
  const chunk = Buffer.alloc(64 * 1024, "x");
  for (let sent = 0; sent < 256; sent += 1) client.say(0, chunk);
  client.say(255, Buffer.of(0));
  assert.equal((await client.ended).channels[1]?.length, 16 * 1024 * 1024);
});

test("a command that does not read holds its client back", async () => {
  const deaf = await openClient(exec("exec sleep 1000"), v5);
  const chunk = Buffer.alloc(1024 * 1024, "x");
  for (let sent = 0; sent < 32; sent += 1) deaf.say(0, chunk);
  await (
    await openClient(exec("echo alive"), v5)
  ).ended;
  assert.ok(deaf.socket.bufferedAmount > 16 * 1024 * 1024, "the server has not taken it");
  deaf.socket.terminate();
});

test("a command's output waits for a client that does not read", async () => {
  const script = "exec head -c 50000000 /dev/zero";
  const slow = await openClient(exec(script), v5);
  const pid = cluster.agent.commands.at(-1) ?? 0;
  slow.socket.pause();
  await (
    await openClient(exec(script), v5)
  ).ended;
  assert.ok(process.kill(pid, 0), "it still waits when another one, which was read, has ended");
  slow.socket.resume();
  assert.equal((await slow.ended).channels[1]?.length, 50_000_000);
});

test("a command ends with its client's connection", async () => {
  const client = await openClient(exec("echo $$; exec sleep 1000"), v5);
  await client.heard(1, "\n");
  const pid = Number(client.messages.map((message) => message.subarray(1).toString()).join(""));
  client.socket.terminate();
  await waitForEnd(pid);
});

test("a command ends with the server", async () => {
  const own = await startTestCluster([node, ...pods]);
  const client = await openClient(`${own.url}/api/v1/namespaces/space/pods/single/exec?stdout=1&command=sleep&command=1000`, v5);
  const closed = once(client.socket, "close");
  await own.close();
  await closed;
  await waitForEnd(own.agent.commands[0] ?? 0);
});

/** A process that has ended has no state any more, or is one that its parent has yet to bury. */
async function waitForEnd(pid: number): Promise<void> {
  const { readFile } = await import("node:fs/promises");
  const { setImmediate } = await import("node:timers/promises");
  for (;;) {
    const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ") Z");
    if (state.includes(") Z")) return;
    await setImmediate();
  }
}

/** Of v1.36.3; only made-up pods are ours alone. */
const refusals: readonly (readonly [path: string, protocols: readonly string[], code: number, text: string])[] = [
  ["two/exec?command=x&stdout=true", v5, 400, "a container name must be specified for pod two, choose one of: [prep web side]"],
  ["two/exec?command=x&stdout=true&container=nope", v5, 400, "container nope is not valid for pod two"],
  ["nothere/exec?command=x&stdout=true", v5, 404, `pods \\"nothere\\" not found`],
  ["pending/exec?command=x&stdout=true", v5, 400, "pod pending does not have a host assigned"],
  ["single/exec?command=x", v5, 400, "you must specify at least 1 of stdin, stdout, stderr"],
  ["done/exec?command=x&stdout=true", v5, 500, `container not found ("main")`],
  ["single/exec?command=x&stdout=true", ["v3.channel.k8s.io"], 403, ""],
  ["single/exec?command=x&stdout=true", ["base64.channel.k8s.io"], 403, ""],
  ["declared/exec?command=x&stdout=true", v5, 400, "pod declared is made up, with annotation embedded.asdic.dev/state: declared; nothing runs in it"],
  ["single/attach?stdout=true", v5, 501, "the embedded cluster can't attach to a container; use exec or the log"],
];

for (const [path, protocols, code, words] of refusals) {
  test(`${path} over ${protocols.join()} is refused with ${code}`, async () => {
    const refused = await openRefused(at(path), protocols);
    assert.equal(refused.code, code);
    if (refused.contentType === "application/json") assert.ok(refused.body.includes(`"message":"${words}"`), refused.body);
    else assert.equal(refused.body, words);
  });
}

test("a node that does not answer is told before the handshake", async () => {
  cluster.agent.isLost = true;
  const refused = await openRefused(exec("true"), v5);
  cluster.agent.isLost = false;
  assert.deepEqual(
    [refused.code, (JSON.parse(refused.body) as Record<string, unknown>)["message"]],
    [500, "error dialing backend: dial tcp 10.0.0.9:10250: connect: no route to host"],
  );
});

test("without an upgrade, or with one that is none, exec is refused and starts nothing", async () => {
  const before = cluster.agent.commands.length;
  const plain = await fetch(exec("true"));
  assert.deepEqual([plain.status, ((await plain.json()) as Record<string, unknown>)["message"]], [400, "Upgrade request required"]);
  const keyless = await ask(exec("true"), { connection: "Upgrade", upgrade: "websocket", "sec-websocket-protocol": "v5.channel.k8s.io" });
  assert.equal(keyless.code, 400);
  const spdy = await ask(exec("true"), { connection: "Upgrade", upgrade: "SPDY/3.1", "x-stream-protocol-version": "v4.channel.k8s.io" });
  assert.equal(spdy.code, 400);
  for (const pid of cluster.agent.commands.slice(before)) await waitForEnd(pid);
});

test("what is no WebSocket frame ends the connection and its command, nothing else", async () => {
  const client = await openClient(exec("exec sleep 1000"), v5);
  const pid = cluster.agent.commands.at(-1) ?? 0;
  const raw = Reflect.get(client.socket, "_socket") as NodeJS.WritableStream;
  raw.write(Buffer.alloc(100, 0xff));
  await waitForEnd(pid);
  assert.equal((await (await openClient(exec("echo fine"), v5)).ended).channels[1], "fine\n");
});
