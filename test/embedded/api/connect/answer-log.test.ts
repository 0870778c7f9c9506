import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { node, pods } from "./test-objects.ts";
import { startTestCluster } from "./test-cluster.ts";

const cluster = await startTestCluster([node, ...pods]);
const open = (path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(`${cluster.url}/api/v1/namespaces/space/pods/${path}`, resolve).on("error", reject));

/** As v1.36.3 answers, byte for byte. */
const refusals: readonly (readonly [path: string, code: number, reason: string, message: string])[] = [
  ["two/log", 400, "BadRequest", "a container name must be specified for pod two, choose one of: [prep web side]"],
  ["two/log?container=nope", 400, "BadRequest", "container nope is not valid for pod two"],
  ["nothere/log", 404, "NotFound", `pods "nothere" not found`],
  ["creating/log", 400, "BadRequest", `container "main" in pod "creating" is waiting to start: ContainerCreating`],
  ["pulling/log", 400, "BadRequest", `container "main" in pod "pulling" is waiting to start: image can't be pulled`],
  ["backing-off/log", 400, "BadRequest", `container "main" in pod "backing-off" is waiting to start: trying and failing to pull image`],
  ["single/log?previous=true", 400, "BadRequest", `previous terminated container "main" in pod "single" not found`],
  ["silent/log", 400, "BadRequest", `container "main" in pod "silent" is not available`],
  ["elsewhere/log", 404, "NotFound", `nodes "gone" not found`],
  ["single/log?tailLines=-1", 422, "Invalid", `PodLogOptions "single" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0`],
  ["single/log?tailLines=x", 400, "BadRequest", `strconv.ParseInt: parsing "x": invalid syntax`],
  ["single/log?tailLines=", 400, "BadRequest", `strconv.ParseInt: parsing "": invalid syntax`],
  ["single/log?sinceSeconds=0", 422, "Invalid", `PodLogOptions "single" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0`],
  ["single/log?limitBytes=0", 422, "Invalid", `PodLogOptions "single" is invalid: limitBytes: Invalid value: 0: must be greater than 0`],
  [
    "single/log?sinceSeconds=1&sinceTime=2020-01-01T00:00:00Z",
    422,
    "Invalid",
    `PodLogOptions "single" is invalid: []: Forbidden: at most one of \`sinceTime\` or \`sinceSeconds\` may be specified`,
  ],
  ["single/log?sinceTime=yesterday", 400, "BadRequest", `parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"`],
  ["single/log?stream=Stderr", 422, "Invalid", `PodLogOptions "single" is invalid: stream: Forbidden: may not be specified`],
];

for (const [path, code, reason, message] of refusals) {
  test(`GET ${path} is refused as the real server refuses it`, async () => {
    const answer = await open(path);
    const status = JSON.parse(await text(answer)) as Record<string, unknown>;
    assert.deepEqual([answer.statusCode, status["code"], status["reason"], status["message"]], [code, code, reason, message]);
  });
}

test("a log comes as plain text, with what the query asks handed to the node", async () => {
  const answer = await open("two/log?container=prep&tailLines=5&timestamps=&limitBytes=9&sinceTime=2020-01-01T00:00:00Z&follow=false");
  assert.equal(answer.statusCode, 400, "prep has no status yet");
  answer.resume();
  const whole = await open("crashing/log?previous=1&tailLines=5&timestamps=&limitBytes=9&sinceTime=2020-01-01T00:00:00Z&follow=false");
  assert.deepEqual([whole.statusCode, whole.headers["content-type"], await text(whole)], [200, "text/plain", "one\ntwo\n"]);
  const { signal: _signal, ...asked } = cluster.agent.asked.at(-1) ?? { signal: undefined };
  assert.deepEqual(asked, {
    container: "main",
    previous: true,
    follow: false,
    timestamps: true,
    tailLines: 5,
    limitBytes: 9,
    sinceTime: "2020-01-01T00:00:00Z",
  });
});

test("a container that has ended still has its log, and a declared one has what its node says", async () => {
  for (const pod of ["done", "crashing", "declared"]) assert.equal(await text(await open(`${pod}/log`)), "one\ntwo\n");
});

test("the log of a pod without a node is empty", async () => {
  const answer = await open("pending/log");
  assert.deepEqual([answer.statusCode, await text(answer)], [204, ""]);
});

test("a followed log comes at once and stays open until the client goes, which ends it at the node", async () => {
  const answer = await open("single/log?follow=true");
  const [first] = await new Promise<Buffer[]>((resolve) => answer.once("data", (chunk: Buffer) => resolve([chunk])));
  assert.equal(first?.toString(), "one\ntwo\n");
  const signal = cluster.agent.asked.at(-1)?.signal;
  assert.equal(signal?.aborted, false);
  const ended = new Promise((resolve) => signal?.addEventListener("abort", resolve));
  answer.destroy();
  await ended;
});

test("a node that does not answer is told with the address that was tried", async () => {
  cluster.agent.isLost = true;
  const answer = await open("single/log");
  cluster.agent.isLost = false;
  assert.deepEqual(JSON.parse(await text(answer)), {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `Get "https://10.0.0.9:10250/containerLogs/space/single/main": dial tcp 10.0.0.9:10250: connect: no route to host`,
    code: 500,
  });
});
