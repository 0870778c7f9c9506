import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { createStage, shell } from "./stage.ts";

test("a pod that names its node is turned away where there is no room for it", async (t) => {
  const stage = await createStage(t);
  stage.run("big", { containers: [shell("c", "true", { resources: { requests: { cpu: "100" } } })] });
  const pod = await stage.until("big", ({ phase }) => phase === "Failed");
  assert.equal(field(pod, "status", "reason"), "OutOfcpu");
  assert.match(stage.events("big").join("\n"), /Warning OutOfcpu : Node didn't have enough resource: cpu, requested: 100000, used: 0, capacity: \d+000/);
});

test("a seccomp profile that is not there keeps a container from being made", async (t) => {
  const stage = await createStage(t);
  stage.run("p", { containers: [shell("c", "true", { securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "no-such.json" } } })] });
  const pod = await stage.until("p", ({ containers: [container] }) => container?.reason === "CreateContainerError");
  const path = "/var/lib/kubelet/seccomp/no-such.json";
  assert.equal(
    field(pod, "status", "containerStatuses", "0", "state", "waiting", "message"),
    `failed to create containerd container: cannot load seccomp profile "${path}": open ${path}: no such file or directory`,
  );
});

test("a runtime that the node does not have keeps the sandbox from being made", async (t) => {
  const stage = await createStage(t);
  stage.create({ apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "strange" }, handler: "gvisor" });
  stage.run("p", { runtimeClassName: "strange", containers: [shell("c", "true")] });
  const event = await stage.untilEvent("p", "FailedCreatePodSandBox");
  assert.match(event, /desc = unable to get OCI runtime for sandbox "[0-9a-f]{64}": no runtime for "gvisor" is configured$/);
});

test("a container that the kernel ends for want of memory says so", async (t) => {
  const stage = await createStage(t);
  const { metadata } = stage.run("p", { restartPolicy: "Never", containers: [shell("c", "exec sleep 1000")] });
  await stage.until("p", ({ containers }) => containers[0]?.state === "running");
  stage.kubelet.faults.killContainer(metadata.uid ?? "", "c", "OOM");
  const pod = await stage.until("p", ({ phase }) => phase === "Failed");
  const ended = field(pod, "status", "containerStatuses", "0", "state", "terminated");
  assert.deepEqual([field(ended, "reason"), field(ended, "exitCode")], ["OOMKilled", 137]);
});
