import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { createStage, shell } from "./stage.ts";

const ends: readonly { readonly name: string; readonly script: string; readonly exitCode: number; readonly phase: string }[] = [
  { name: "one that hears SIGTERM ends as it likes", script: "trap 'exit 0' TERM; echo up; sleep 1000 & wait", exitCode: 0, phase: "Succeeded" },
  { name: "one that does not care for SIGTERM is ended by it", script: "echo up; exec sleep 1000", exitCode: 143, phase: "Failed" },
  { name: "one that will not hear is killed", script: "trap '' TERM; echo up; sleep 1000; sleep 1000", exitCode: 137, phase: "Failed" },
];

for (const { name, script, exitCode, phase } of ends)
  test(`of a pod that is deleted, ${name}`, async (t) => {
    const stage = await createStage(t);
    const created = stage.run("ends", { terminationGracePeriodSeconds: 2, containers: [shell("c", script)] });
    await stage.until("ends", ({ containers }) => containers[0]?.state === "running");
    const log = await stage.kubelet.agent.readLog(created, { container: "c", previous: false, follow: true, timestamps: false, signal: stage.signal });
    for await (const chunk of log) if (String(chunk).includes("up")) break;
    stage.api.delete(keyOf(stage.api, created), {});
    const ended = await stage.until("ends", (view) => view.phase === phase);
    assert.equal(field(ended, "status", "containerStatuses", "0", "state", "terminated", "exitCode"), exitCode);
    await stage.untilGone("ends");
    assert.ok(stage.events("ends").includes("Normal Killing spec.containers{c}: Stopping container c"));
    assert.ok(!existsSync(join(stage.folder, "root/var/lib/kubelet/pods", created.metadata.uid ?? "")));
  });

test("the hook before the end is run first, and its failure is told", async (t) => {
  const stage = await createStage(t);
  const lifecycle = { preStop: { exec: { command: ["sh", "-c", "touch /v/hook; exit 5"] } } };
  const created = stage.run("hooked", {
    volumes: [{ name: "v", hostPath: { path: "/srv", type: "DirectoryOrCreate" } }],
    containers: [shell("c", "trap 'test -e /v/hook && exit 42' TERM; sleep 1000 & wait", { lifecycle, volumeMounts: [{ name: "v", mountPath: "/v" }] })],
  });
  await stage.until("hooked", ({ containers }) => containers[0]?.state === "running");
  stage.api.delete(keyOf(stage.api, created), {});
  const ended = await stage.until("hooked", ({ containers }) => containers[0]?.state === "terminated");
  assert.equal(field(ended, "status", "containerStatuses", "0", "state", "terminated", "exitCode"), 42);
  assert.ok(stage.events("hooked").includes("Warning FailedPreStopHook spec.containers{c}: PreStopHook failed"));
});

test("a pod that never could start is gone as soon as it is deleted", async (t) => {
  const stage = await createStage(t);
  const created = stage.run("waits", { containers: [{ ...shell("c", ""), image: "example.com/none:v1" }] });
  await stage.until("waits", ({ containers }) => containers[0]?.reason === "ErrImagePull");
  stage.api.delete(keyOf(stage.api, created), {});
  await stage.untilGone("waits");
});

test("a grace that becomes shorter counts from then on", async (t) => {
  const stage = await createStage(t);
  const created = stage.run("patient", { terminationGracePeriodSeconds: 100_000, containers: [shell("c", "trap '' TERM; echo up; sleep 1000; sleep 1000")] });
  await stage.until("patient", ({ containers }) => containers[0]?.state === "running");
  stage.api.delete(keyOf(stage.api, created), {});
  await stage.untilEvent("patient", "Killing");
  stage.api.delete(keyOf(stage.api, created), { gracePeriodSeconds: 1 });
  await stage.untilGone("patient");
});

test("a pod that is deleted by force is killed all the same", async (t) => {
  const stage = await createStage(t);
  const created = stage.run("forced", { terminationGracePeriodSeconds: 1, containers: [shell("c", "echo up; exec sleep 1000")] });
  await stage.until("forced", ({ containers }) => containers[0]?.state === "running");
  const options = { container: "c", previous: false, follow: true, timestamps: false, signal: stage.signal };
  const log = await stage.kubelet.agent.readLog(created, options);
  // The log ends with the process.
  let text = "";
  for await (const chunk of log) {
    if (text === "") stage.api.delete(keyOf(stage.api, created), { gracePeriodSeconds: 0 });
    text += String(chunk);
  }
  assert.equal(text, "up\n");
});

test("a finalizer keeps the object, but nothing of it runs", async (t) => {
  const stage = await createStage(t);
  const created = stage.run("held", { restartPolicy: "Never", containers: [shell("c", "exec sleep 1000")] }, { finalizers: ["example.com/held"] });
  await stage.until("held", ({ containers }) => containers[0]?.state === "running");
  stage.api.delete(keyOf(stage.api, created), { gracePeriodSeconds: 1 });
  await stage.until("held", ({ phase, deleting }) => phase === "Failed" && deleting);
  stage.api.modify(keyOf(stage.api, created), (old) => ({ ...old, metadata: { ...old.metadata, finalizers: [] } }));
  await stage.untilGone("held");
});
