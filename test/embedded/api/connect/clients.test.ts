import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { after, test } from "node:test";
import type { V1Status } from "@kubernetes/client-node";
import { Exec, KubeConfig, Log, PortForward } from "@kubernetes/client-node";
import { connect } from "../../../../core/cluster/connect.ts";
import { listen } from "./loopback-server.ts";
import { startWholeCluster } from "./test-cluster.ts";
import { node, pods } from "./test-objects.ts";

const cluster = await startWholeCluster([node, ...pods]);
const config = new KubeConfig();
config.loadFromString(cluster.kubeconfig);

function collect(): Writable & { readonly content: () => string } {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(sink, { content: () => Buffer.concat(chunks).toString() });
}

test("client-node runs a command with input, output and exit code", async () => {
  const [out, err] = [collect(), collect()];
  const stdin = new PassThrough();
  stdin.end("from outside");
  const status = await new Promise<V1Status>((resolve, reject) => {
    new Exec(config).exec("space", "single", "main", ["sh", "-c", "cat; echo err >&2; exit 3"], out, err, stdin, false, resolve).catch(reject);
  });
  assert.deepEqual([out.content(), err.content(), status.reason, status.details?.causes?.[0]?.message], ["from outside", "err\n", "NonZeroExitCode", "3"]);
});

test("client-node forwards a port", async () => {
  const port = await listen((socket) => socket.once("data", (data) => socket.end(`hello ${data.toString()}`)));
  const output = new PassThrough();
  const input = new PassThrough();
  const socket = await new PortForward(config).portForward("space", "single", [port], output, null, input);
  input.write("client-node");
  assert.equal(String((await once(output, "data"))[0]), "hello client-node");
  if (typeof socket === "function") throw new Error("it was not told to try again");
  socket.close();
});

test("client-node reads a log", async () => {
  const log = new PassThrough();
  await new Log(config).log("space", "single", "main", log, { tailLines: 10 });
  assert.equal(await text(log), "one\ntwo\n");
});

test("asdic's own cluster runs commands and knows why one can't run", async () => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-connect-"));
  after(() => rm(folder, { recursive: true, force: true }));
  const kubeconfig = join(folder, "kubeconfig");
  await writeFile(kubeconfig, cluster.kubeconfig);
  const own = await connect({ kubeconfig, environment: {} });
  const request = { namespace: "space", pod: "single", container: "main", command: ["sh", "-c", "echo ü; echo err >&2; exit 4"] };
  assert.deepEqual(await own.exec(request), { stdout: "ü\n", stderr: "err\n", exitCode: 4 });
  await assert.rejects(own.exec({ ...request, command: ["no-such-program"] }), /could not be run: .*no-such-program/);
  await assert.rejects(own.exec({ ...request, container: "nope" }), /container nope is not valid for pod single/);
  const giveUp = new AbortController();
  const running = own.exec({ ...request, command: ["sleep", "1000"], signal: giveUp.signal });
  while (!cluster.agent.commands.some((pid) => isAlive(pid))) await sleep(1);
  giveUp.abort(new Error("given up"));
  await assert.rejects(running, /given up/);
  const answer = await own.fetch({ path: "/api/v1/namespaces/space/pods/single/log" });
  assert.equal(await text(answer.body), "one\ntwo\n");
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
