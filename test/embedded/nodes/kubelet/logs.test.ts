import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogOptions } from "../../../../embedded/nodes/node-agent.ts";
import { createStage, shell } from "./stage.ts";

const cases: readonly { readonly name: string; readonly options: Partial<LogOptions>; readonly expected: RegExp }[] = [
  { name: "as it is", options: {}, expected: /^one\ntwo\nthree\nlast$/ },
  { name: "its last lines", options: { tailLines: 2 }, expected: /^three\nlast$/ },
  { name: "none of its lines", options: { tailLines: 0 }, expected: /^$/ },
  { name: "its first bytes", options: { limitBytes: 6 }, expected: /^one\ntw$/ },
  { name: "with the time of each line", options: { timestamps: true, tailLines: 3 }, expected: /^\S+Z two\n\S+Z three\n\S+Z last$/ },
  { name: "since the last hour", options: { sinceSeconds: 3600 }, expected: /^one\ntwo\nthree\nlast$/ },
  { name: "since a time to come", options: { sinceTime: "2999-01-01T00:00:00Z" }, expected: /^$/ },
];

for (const { name, options, expected } of cases)
  test(`a log is read ${name}`, async (t) => {
    const stage = await createStage(t);
    stage.run("talks", { restartPolicy: "Never", containers: [shell("c", "printf 'one\\ntwo\\nthree\\nlast'")] });
    await stage.until("talks", ({ phase }) => phase === "Succeeded");
    assert.match(await stage.readLog("talks", options), expected);
  });

test("a log that is followed tells each line as it comes, and ends with the container", async (t) => {
  const stage = await createStage(t);
  const volumes = [{ name: "v", emptyDir: {} }];
  const script = "echo one; until [ -e /v/go ]; do sleep 0.02; done; echo two; echo three";
  const pod = stage.run("talks", { restartPolicy: "Never", volumes, containers: [shell("c", script, { volumeMounts: [{ name: "v", mountPath: "/v" }] })] });
  await stage.until("talks", ({ containers }) => containers[0]?.state === "running");
  const log = await stage.kubelet.agent.readLog(pod, { container: "c", previous: false, follow: true, timestamps: false, signal: stage.signal });
  const seen: string[] = [];
  for await (const chunk of log) {
    seen.push(String(chunk));
    if (seen.length === 1) await stage.kubelet.agent.exec(pod, { container: "c", command: ["touch", "/v/go"], stdin: false, tty: false, signal: stage.signal });
  }
  assert.equal(seen.join(""), "one\ntwo\nthree\n");
});

test("a log that nobody wants to follow any more ends", async (t) => {
  const stage = await createStage(t);
  const pod = stage.run("talks", { terminationGracePeriodSeconds: 1, containers: [shell("c", "echo one; exec sleep 1000")] });
  await stage.until("talks", ({ containers }) => containers[0]?.state === "running");
  const ending = new AbortController();
  const log = await stage.kubelet.agent.readLog(pod, { container: "c", previous: false, follow: true, timestamps: false, signal: ending.signal });
  let seen = "";
  for await (const chunk of log) {
    seen += String(chunk);
    ending.abort();
  }
  assert.equal(seen, "one\n");
});

test("a container without a log says why", async (t) => {
  const stage = await createStage(t);
  const volumes = [{ name: "v", configMap: { name: "none" } }];
  stage.run("waits", { volumes, containers: [shell("c", "true", { volumeMounts: [{ name: "v", mountPath: "/v" }] })] });
  stage.run("runs", { restartPolicy: "Never", containers: [shell("c", "true")] });
  await stage.until("runs", ({ phase }) => phase === "Succeeded");
  await assert.rejects(stage.readLog("waits"), { code: 400, message: 'container "c" in pod "waits" is waiting to start: ContainerCreating' });
  await assert.rejects(stage.readLog("runs", { previous: true }), { code: 400, message: 'previous terminated container "c" in pod "runs" not found' });
  await assert.rejects(stage.readLog("runs", { container: "x" }), { code: 400, message: "container x is not valid for pod runs" });
});
