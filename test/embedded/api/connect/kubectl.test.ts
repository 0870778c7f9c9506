import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { findFreePort } from "../../../free-port.ts";
import { listen } from "./loopback-server.ts";
import { startWholeCluster } from "./test-cluster.ts";
import { node, pods } from "./test-objects.ts";

const program = ["/var/lib/asdic-cluster/bin/kubectl", "kubectl"].find((one) => spawnSync(one, ["version", "--client"]).status === 0);
const needed = { skip: program === undefined && "there is no kubectl on this machine" };
const home = await mkdtemp(join(tmpdir(), "asdic-kubectl-"));
after(() => rm(home, { recursive: true, force: true }));
const cluster = await startWholeCluster([node, ...pods]);
const kubeconfig = join(home, "kubeconfig");
await writeFile(kubeconfig, cluster.kubeconfig);

function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(program ?? "", ["--namespace", "space", "--cache-dir", home, ...words], {
    env: { ...process.env, HOME: home, KUBECONFIG: kubeconfig, ...environment },
    stdio: "pipe",
  });
  after(() => child.kill("SIGKILL"));
  return child;
}

async function kubectl(words: readonly string[], input = "") {
  const child = start(words);
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code: Number(code) };
}

test("kubectl exec gives input, output and the exit code", needed, async () => {
  const { stdout, stderr, code } = await kubectl(["exec", "-i", "single", "--", "sh", "-c", "cat; echo err >&2; exit 5"], "from outside");
  assert.deepEqual([stdout, stderr, code], ["from outside", "err\ncommand terminated with exit code 5\n", 5]);
});

test("kubectl exec tells what the server refuses, on whichever way it tried last", needed, async () => {
  const refusals = [
    ["backing-off", `container not found ("main")`],
    ["declared", "pod declared is made up, with annotation embedded.asdic.dev/state: declared; nothing runs in it"],
  ] as const;
  for (const [pod, words] of refusals) {
    const { stderr, code } = await kubectl(["exec", pod, "--", "true"]);
    assert.deepEqual([stderr, code], [`error: unable to upgrade connection: ${words}\n`, 1]);
  }
  cluster.agent.isLost = true;
  const lost = await kubectl(["exec", "single", "--", "true"]);
  cluster.agent.isLost = false;
  assert.match(lost.stderr, /error dialing backend: dial tcp 10.0.0.9:10250: connect: no route to host/);
});

test("kubectl logs shows a log, and why there is none", needed, async () => {
  assert.equal((await kubectl(["logs", "single", "--tail=5"])).stdout, "one\ntwo\n");
  assert.equal(
    (await kubectl(["logs", "creating"])).stderr,
    `Error from server (BadRequest): container "main" in pod "creating" is waiting to start: ContainerCreating\n`,
  );
});

for (const [way, environment] of [
  ["SPDY inside a WebSocket", {}],
  ["plain SPDY", { KUBECTL_PORT_FORWARD_WEBSOCKETS: "false" }],
] as const) {
  test(`kubectl port-forward over ${way} carries connections, several at a time and large`, needed, async () => {
    const port = await listen((socket) => socket.pipe(socket));
    const local = await findFreePort();
    const child = start(["port-forward", "pod/single", `${local}:${port}`, "-v=8"], environment);
    const said = text(child.stderr);
    await once(child.stdout, "data");
    const talk = async (content: Buffer): Promise<number> => {
      const socket = connect({ port: local, host: "127.0.0.1" });
      socket.end(content);
      let got = 0;
      for await (const chunk of socket) got += (chunk as Buffer).length;
      return got;
    };
    const sizes = [1, 100_000, 4_000_000];
    assert.deepEqual(await Promise.all(sizes.map((size) => talk(Buffer.alloc(size, "x")))), sizes);
    assert.equal(await talk(Buffer.from("again")), 5);
    child.kill("SIGINT");
    assert.equal((await said).includes("tunneling_connection"), way !== "plain SPDY");
  });
}

test("kubectl port-forward tells that nobody listens", needed, async () => {
  const [port, local] = [await findFreePort(), await findFreePort()];
  const child = start(["port-forward", "pod/single", `${local}:${port}`]);
  const said = text(child.stderr);
  await once(child.stdout, "data");
  connect({ port: local, host: "127.0.0.1" }).on("error", () => undefined);
  assert.match(await said, /error forwarding port \d+ to pod uid-single, uid : failed to connect to localhost:\d+[^]*lost connection to pod/);
});
