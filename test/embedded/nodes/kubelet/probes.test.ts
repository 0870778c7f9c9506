import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import type { TestContext } from "node:test";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { createStage, shell } from "./stage.ts";

const sleeps = "trap 'exit 0' TERM; sleep 1000 & wait";

/** A server of this machine, which is where the test's pods have their ports. */
async function serve(t: TestContext): Promise<number> {
  const server = createServer((request, response) => response.writeHead(request.url === "/bad" ? 500 : 200).end()).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : assert.fail();
}

const handlers: readonly {
  readonly name: string;
  readonly probe: (port: number) => JsonObject;
  readonly isReady: boolean;
  readonly message?: (port: number) => string;
}[] = [
  { name: "a command that ends well", probe: () => ({ exec: { command: ["true"] } }), isReady: true },
  {
    name: "a command that fails",
    probe: () => ({ exec: { command: ["sh", "-c", "echo out; exit 3"] } }),
    isReady: false,
    message: () => "Readiness probe failed: out\n",
  },
  { name: "a port that listens", probe: (port) => ({ tcpSocket: { port } }), isReady: true },
  {
    name: "a port where nobody listens",
    probe: () => ({ tcpSocket: { port: 1 } }),
    isReady: false,
    message: () => "Readiness probe failed: dial tcp 10.244.1.2:1: connect: connection refused",
  },
  { name: "a page", probe: (port) => ({ httpGet: { port, path: "/good" } }), isReady: true },
  {
    name: "a page that fails",
    probe: (port) => ({ httpGet: { port, path: "/bad" } }),
    isReady: false,
    message: () => "Readiness probe failed: HTTP probe failed with statuscode: 500",
  },
  {
    name: "a page of nobody",
    probe: () => ({ httpGet: { port: 1, path: "/x" } }),
    isReady: false,
    message: () => 'Readiness probe failed: Get "http://10.244.1.2:1/x": dial tcp 10.244.1.2:1: connect: connection refused',
  },
  {
    name: "a command that takes too long",
    probe: () => ({ exec: { command: ["sleep", "10"] } }),
    isReady: false,
    message: () => 'Readiness probe failed: command timed out: "sleep 10" timed out after 1s',
  },
];

for (const { name, probe, isReady, message } of handlers)
  test(`a container is ${isReady ? "" : "not "}ready by ${name}`, async (t) => {
    const stage = await createStage(t);
    const port = await serve(t);
    stage.run("probed", { containers: [shell("c", sleeps, { readinessProbe: { periodSeconds: 1, ...probe(port) } })] });
    if (message !== undefined) assert.equal(await stage.untilEvent("probed", "Unhealthy"), `Warning Unhealthy spec.containers{c}: ${message(port)}`);
    const pod = await stage.until("probed", ({ conditions }) => conditions.some(({ type, status }) => type === "Ready" && (status === "True") === isReady));
    if (!isReady) assert.match(JSON.stringify(pod["status"]), /containers with unready status: \[c\]/);
  });

test("a container whose liveness fails is killed and started again", async (t) => {
  const stage = await createStage(t);
  stage.run("dies", {
    terminationGracePeriodSeconds: 1,
    containers: [shell("c", "sleep 1000", { livenessProbe: { exec: { command: ["false"] }, periodSeconds: 1, failureThreshold: 2 } })],
  });
  const pod = await stage.until("dies", (_view, object) => Number(field(object, "status", "containerStatuses", "0", "restartCount")) > 0);
  assert.equal(field(pod, "status", "containerStatuses", "0", "lastState", "terminated", "exitCode"), 143);
  assert.ok(stage.events("dies").includes("Normal Killing spec.containers{c}: Container c failed liveness probe, will be restarted"));
});

test("a container has not started before its startup probe says so, and the next init container waits for it", async (t) => {
  const stage = await createStage(t);
  const volumeMounts = [{ name: "v", mountPath: "/v" }];
  const startupProbe = { exec: { command: ["test", "-e", "/v/up"] }, periodSeconds: 1, failureThreshold: 1000 };
  stage.run("starts", {
    terminationGracePeriodSeconds: 1,
    volumes: [{ name: "v", emptyDir: {} }],
    initContainers: [
      shell("side", "until [ -e /v/go ]; do sleep 0.02; done; touch /v/up; sleep 1000", { restartPolicy: "Always", startupProbe, volumeMounts }),
    ],
    containers: [shell("c", sleeps)],
  });
  const waiting = await stage.until("starts", ({ initContainers }) => initContainers[0]?.state === "running");
  assert.equal(field(waiting, "status", "initContainerStatuses", "0", "started"), false);
  assert.equal(field(waiting, "status", "containerStatuses", "0", "state", "waiting", "reason"), "PodInitializing");
  const going = await stage.kubelet.agent.exec(waiting, { container: "side", command: ["touch", "/v/go"], stdin: false, tty: false, signal: stage.signal });
  assert.equal(await going.exitCode, 0);
  await stage.until("starts", ({ containers }) => containers[0]?.state === "running");
});

test("a hook after the start that fails kills the container", async (t) => {
  const stage = await createStage(t);
  stage.run("hooked", {
    terminationGracePeriodSeconds: 1,
    containers: [shell("c", "sleep 1000", { lifecycle: { postStart: { exec: { command: ["false"] } } } })],
  });
  assert.equal(await stage.untilEvent("hooked", "FailedPostStartHook"), "Warning FailedPostStartHook spec.containers{c}: PostStartHook failed");
  await stage.until("hooked", ({ containers }) => containers[0]?.reason === "CrashLoopBackOff");
});
