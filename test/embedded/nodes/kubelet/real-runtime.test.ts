import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { createRuntime } from "../../../../embedded/nodes/containers/create-runtime.ts";
import { createPodNetwork } from "../../../../embedded/nodes/network/create-network.ts";
import { createStage, shell } from "./stage.ts";

test("with the cluster's own runtime pods run, are probed, see their volumes and end", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "k-"));
  const ending = new AbortController();
  const network = createPodNetwork({ folder: join(folder, "n") });
  const runtime = await createRuntime({ folder: join(folder, "c"), programs: folder, network, ownImage: () => false, signal: ending.signal });
  t.after(async () => {
    ending.abort();
    await runtime.close();
    await network.close();
    await rm(folder, { recursive: true, force: true });
  });
  const stage = await createStage(t, {}, runtime);
  stage.create({ kind: "ConfigMap", metadata: { name: "cm", namespace: "default" }, data: { greeting: "hello" } });
  const script = "cat /cm/greeting; echo; echo bye > /dev/termination-log; hostname; exit 3";
  stage.run("talks", {
    restartPolicy: "Never",
    volumes: [{ name: "cm", configMap: { name: "cm" } }],
    containers: [shell("c", script, { volumeMounts: [{ name: "cm", mountPath: "/cm" }] })],
  });
  const failed = await stage.until("talks", ({ phase }) => phase === "Failed");
  assert.equal(field(failed, "status", "containerStatuses", "0", "state", "terminated", "message"), "bye\n");
  assert.equal(field(failed, "status", "containerStatuses", "0", "state", "terminated", "exitCode"), 3);
  assert.match(await stage.readLog("talks"), /^hello\n/);
  const readinessProbe = { exec: { command: ["true"] }, periodSeconds: 1, timeoutSeconds: 100 };
  const pod = stage.run("runs", { terminationGracePeriodSeconds: 20, containers: [shell("c", "trap 'exit 0' TERM; sleep 1000 & wait", { readinessProbe })] });
  await stage.until("runs", ({ conditions }) => conditions.some(({ type, status }) => type === "Ready" && status === "True"));
  stage.run("missing", { restartPolicy: "Never", containers: [{ ...shell("c", ""), command: ["/no/such/program"] }] });
  const missing = await stage.until("missing", ({ phase }) => phase === "Failed");
  assert.match(
    String(field(missing, "status", "containerStatuses", "0", "state", "terminated", "message")),
    /exec: "\/no\/such\/program": stat \/no\/such\/program: no such file or directory$/,
  );
  stage.api.delete({ type: stage.api.types.ofKind("v1", "Pod") ?? assert.fail(), namespace: "default", name: pod.metadata.name }, {});
  await stage.until("runs", ({ phase }) => phase === "Succeeded");
  await stage.untilGone("runs");
});
