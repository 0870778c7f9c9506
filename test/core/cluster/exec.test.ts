import assert from "node:assert/strict";
import { test } from "node:test";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import type { Cluster } from "../../../core/cluster/cluster.ts";
import { clusterFailure } from "../../../core/cluster/failure.ts";
import { replay, startApiServer } from "./api-server.ts";
import type { Peer } from "./web-socket-server.ts";
import { startWebSocketServer } from "./web-socket-server.ts";

const request = { namespace: "asdic", pod: "p", container: "c", command: ["sh", "-c", "echo ü & exit"] };
const identity = { label: "", loginHint: "", proxy: undefined };
const success = `{"metadata":{},"status":"Success"}`;
/** As a real server (v1.36.3) sends it. */
const exited3 = `{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: command terminated with exit code 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}`;
const notStarted = `{"metadata":{},"status":"Failure","message":"Internal error occurred: exec: \\"nope\\": executable file not found in $PATH","reason":"InternalError","details":{"causes":[{"message":"x"}]},"code":500}`;

async function serve(onOpen: (peer: Peer) => void) {
  const server = await startWebSocketServer(onOpen);
  const authenticate = () => Promise.resolve({ headers: { Authorization: "Bearer secret-token" } });
  const cluster: Cluster = openCluster(
    { server: `${server.address}/prefix`, namespace: undefined, identity, authenticate },
    { connect: 2000, idle: 2000, backOff: 5 },
  );
  return { ...server, cluster };
}

test("a command's output and exit code come back", async () => {
  const { cluster, requests } = await serve((peer) => {
    peer.send(1, "");
    peer.send(1, Buffer.from("ü").subarray(0, 1));
    peer.send(1, Buffer.from("ü").subarray(1));
    peer.send(2, "err\n");
    peer.send(1, "out\n");
    peer.send(3, exited3);
    peer.close();
  });
  assert.deepEqual(await cluster.exec(request), { stdout: "üout\n", stderr: "err\n", exitCode: 3 });
  const url = new URL(requests[0]?.url ?? "", "http://x");
  assert.equal(url.pathname, "/prefix/api/v1/namespaces/asdic/pods/p/exec");
  assert.deepEqual([...url.searchParams], [["container", "c"], ["stdout", "true"], ["stderr", "true"], ...request.command.map((word) => ["command", word])]);
  assert.equal(requests[0]?.headers.authorization, "Bearer secret-token");
  assert.match(String(requests[0]?.headers["sec-websocket-protocol"]), /^v5\.channel\.k8s\.io/);
});

test("success is exit code 0", async () => {
  const { cluster } = await serve((peer) => peer.send(3, success));
  assert.deepEqual(await cluster.exec(request), { stdout: "", stderr: "", exitCode: 0 });
});

test("a command that cannot be started is an error with the server's words", async () => {
  const { cluster } = await serve((peer) => peer.send(3, notStarted));
  await assert.rejects(cluster.exec(request), {
    code: "cluster-refused",
    message: `The command in pod "p" in namespace "asdic" could not be run: Internal error occurred: exec: "nope": executable file not found in $PATH.`,
  });
});

test("a connection that ends before the command did is an error, not an exit code", async () => {
  for (const end of [(peer: Peer) => peer.close(), (peer: Peer) => peer.raw.destroy()]) {
    const { cluster } = await serve((peer) => {
      peer.send(1, "half");
      end(peer);
    });
    await assert.rejects(cluster.exec(request), { code: "transfer-failed" });
  }
});

test("more output than 16 MiB is an error", async () => {
  const { cluster } = await serve((peer) => {
    for (let index = 0; index < 17; index++) peer.send(1, Buffer.alloc(1024 * 1024));
  });
  await assert.rejects(cluster.exec(request), { code: "transfer-failed", message: /more than 16 MiB/ });
});

test("messages outside the protocol, and the order to close the reader's own streams, do no harm", async () => {
  const { cluster } = await serve((peer) => {
    peer.sendText("\u00FF\u0001");
    peer.send(255, Buffer.from([1]));
    peer.send(9, "x");
    peer.raw.write(Buffer.from([0x82, 0]));
    peer.send(3, "not json");
  });
  await assert.rejects(cluster.exec(request), { code: "cluster-refused", message: /status is not JSON/ });
  assert.ok(!process.stdout.writableEnded);
});

test("the signal's reason ends a command, during the handshake and after it", async () => {
  const reason = new Error("enough");
  const open = await serve((peer) => peer.send(1, "x"));
  const silent = await startApiServer(() => undefined);
  for (const { cluster } of [open, silent]) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 100);
    await assert.rejects(cluster.exec({ ...request, signal: stop.signal }), (error) => error === reason);
    await assert.rejects(cluster.exec({ ...request, signal: AbortSignal.abort(reason) }), (error) => error === reason);
  }
});

for (const [answer, code, sentence, status] of [
  ["forbidden-exec", "cluster-refused", `You may not create pods/exec in namespace "asdic".`, 403],
  ["unauthorized", "credentials-expired", /does not accept the credentials/, 401],
  ["not-found", "not-found", /^There is no /, 404],
  ["exec-bad-container", "cluster-refused", /container zzz is not valid for pod/, 400],
] as const)
  test(`a refused handshake is told like any refusal: ${answer}`, async () => {
    const { cluster } = await startApiServer((_request, response) => replay(response, answer));
    await assert.rejects(cluster.exec(request), (error) => {
      assert.equal(clusterFailure(error)?.status, status);
      assert.throws(
        () => {
          throw error;
        },
        { code, message: sentence },
      );
      return true;
    });
  });

test("a server that isn't there is unreachable", async () => {
  const authenticate = () => Promise.resolve({});
  const cluster = openCluster({ server: "http://127.0.0.1:1", namespace: undefined, identity, authenticate });
  await assert.rejects(cluster.exec(request), { code: "cluster-unreachable", message: /connection refused/ });
});
