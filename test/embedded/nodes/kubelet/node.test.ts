import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { createStage, shell } from "./stage.ts";

test("a node makes itself known as a kubelet does, and renews its lease", async (t) => {
  const stage = await createStage(t);
  const { api } = stage;
  const node = api.get({ type: api.types.ofKind("v1", "Node") ?? assert.fail(), namespace: "", name: "worker-1" });
  assert.equal(node.metadata.labels?.["kubernetes.io/hostname"], "worker-1");
  assert.equal(node.metadata.labels?.["zone"], "a");
  assert.deepEqual(field(node, "spec", "podCIDRs"), ["10.244.1.0/24"]);
  assert.equal(field(node, "status", "nodeInfo", "kubeletVersion"), "v1.36.3");
  assert.deepEqual(field(node, "status", "addresses"), [
    { type: "InternalIP", address: "10.200.0.3" },
    { type: "Hostname", address: "worker-1" },
  ]);
  assert.equal(field(node, "status", "capacity", "memory"), "8144036Ki");
  assert.equal(field(node, "status", "allocatable", "memory"), "8041636Ki");
  const conditions = field(node, "status", "conditions");
  assert.ok(Array.isArray(conditions));
  assert.deepEqual(
    conditions.map((condition) => [field(condition, "type"), field(condition, "status"), field(condition, "reason")]),
    [
      ["MemoryPressure", "False", "KubeletHasSufficientMemory"],
      ["DiskPressure", "False", "KubeletHasNoDiskPressure"],
      ["PIDPressure", "False", "KubeletHasSufficientPID"],
      ["Ready", "True", "KubeletReady"],
    ],
  );
  const key = { type: api.types.ofKind("coordination.k8s.io/v1", "Lease") ?? assert.fail(), namespace: "kube-node-lease", name: "worker-1" };
  const first = api.get(key);
  assert.equal(first.metadata.ownerReferences?.[0]?.uid, node.metadata.uid);
  await new Promise<void>((resolve) =>
    api.watch(key.type, { signal: stage.signal }, ({ object }) => (object.metadata.resourceVersion === first.metadata.resourceVersion ? undefined : resolve())),
  );
});

test("a node that others think dead says that it isn't", async (t) => {
  const stage = await createStage(t);
  const { api } = stage;
  const key = { type: api.types.ofKind("v1", "Node") ?? assert.fail(), namespace: "", name: "worker-1" };
  const conditions = [{ type: "Ready", status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." }];
  api.modify(key, (old) => ({ ...old, status: { conditions } }), { subresource: "status" });
  await new Promise<void>((resolve) =>
    api.watch(key.type, { signal: stage.signal }, ({ object }) => (JSON.stringify(object["status"]).includes("KubeletReady") ? resolve() : undefined)),
  );
});

test("the kubelet answers at its own paths", async (t) => {
  const stage = await createStage(t);
  stage.run("runs", { terminationGracePeriodSeconds: 1, containers: [shell("c", "exec sleep 1000")] });
  await stage.until("runs", ({ containers }) => containers[0]?.state === "running");
  const { agent } = stage.kubelet;
  assert.deepEqual(await agent.fetch("/healthz"), { status: 200, contentType: "text/plain; charset=utf-8", body: "ok" });
  assert.equal(field(JSON.parse((await agent.fetch("/configz")).body), "kubeletconfig", "kind"), "KubeletConfiguration");
  const summary: unknown = JSON.parse((await agent.fetch("/stats/summary?only_cpu_and_memory=true")).body);
  assert.equal(field(summary, "node", "nodeName"), "worker-1");
  assert.equal(field(summary, "pods", "0", "podRef", "name"), "runs");
  assert.equal(field(JSON.parse((await agent.fetch("/pods")).body), "items", "0", "metadata", "name"), "runs");
  assert.equal((await agent.fetch("/metrics")).status, 404);
});

test("a command runs in a running container, and says what is wrong where it can't", async (t) => {
  const stage = await createStage(t);
  const pod = stage.run("runs", { terminationGracePeriodSeconds: 1, containers: [shell("c", "exec sleep 1000")] });
  await stage.until("runs", ({ containers }) => containers[0]?.state === "running");
  const options = { container: "c", stdin: true, tty: false, signal: stage.signal };
  const running = await stage.kubelet.agent.exec(pod, { ...options, command: ["sh", "-c", "cat; exit 3"] });
  running.stdin.end("hello");
  let output = "";
  for await (const chunk of running.stdout) output += String(chunk);
  assert.equal(output, "hello");
  assert.equal(await running.exitCode, 3);
  await assert.rejects(stage.kubelet.agent.exec(pod, { ...options, command: ["no-such-program"] }), {
    message:
      /^failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "no-such-program": executable file not found in \$PATH$/,
  });
  await assert.rejects(stage.kubelet.agent.exec(pod, { ...options, container: "x", command: ["true"] }), { code: 500, message: 'container not found ("x")' });
  await assert.rejects(stage.kubelet.agent.dial(pod, 1), { code: "ECONNREFUSED" });
});
