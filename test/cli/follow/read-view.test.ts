import assert from "node:assert/strict";
import { test } from "node:test";
import { readView } from "../../../cli/follow/read-view.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import { parseEventView, type EventView } from "../../../core/kubernetes/event-view.ts";
import { summary } from "../definitions.ts";

const pod = (status: JsonObject, metadata: Partial<KubernetesObject["metadata"]> = {}): KubernetesObject => ({
  metadata: { name: "asdic-aggregator-1", namespace: "asdic", creationTimestamp: "2026-01-02T03:04:05Z", ...metadata },
  status: { phase: "Pending", ...status },
});
const container = (state: JsonObject, restartCount = 0): JsonObject => ({ containerStatuses: [{ name: "aggregator", image: "a:1", restartCount, state }] });
const annotated = (runId: string) => ({ annotations: { "asdic.dev/status": JSON.stringify(summary({ runId })) } });

const troubles: readonly { readonly what: string; readonly pod: KubernetesObject; readonly code: string | undefined; readonly says?: RegExp }[] = [
  { what: "a pod that has just been made", pod: pod({}), code: undefined },
  { what: "a container that is being created", pod: pod(container({ waiting: { reason: "ContainerCreating" } })), code: undefined },
  { what: "a running container", pod: pod({ phase: "Running", ...container({ running: { startedAt: "x" } }) }), code: undefined },
  { what: "a pod that is going", pod: pod(container({ terminated: { exitCode: 0 } }), { deletionTimestamp: "x" }), code: undefined },
  {
    what: "no node for it",
    pod: pod({ conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes are available" }] }),
    code: "unschedulable",
    says: /0\/3 nodes/,
  },
  {
    what: "an image that can't be had",
    pod: pod(container({ waiting: { reason: "ErrImagePull", message: "not found" } })),
    code: "image-pull",
    says: /image a:1: not found/,
  },
  { what: "the pause before the next try", pod: pod(container({ waiting: { reason: "ImagePullBackOff" } })), code: "image-pull", says: /ImagePullBackOff/ },
  { what: "a bad image name", pod: pod(container({ waiting: { reason: "InvalidImageName" } })), code: "image-pull" },
  {
    what: "a container that can't be made",
    pod: pod(container({ waiting: { reason: "CreateContainerConfigError", message: "secret not found" } })),
    code: "container-config",
    says: /secret not found/,
  },
  { what: "an eviction", pod: pod({ phase: "Failed", reason: "Evicted", message: "The node was low on memory" }), code: "evicted", says: /low on memory/ },
  { what: "a container that has ended once, which is started again at once", pod: pod(container({ terminated: { exitCode: 1 } })), code: undefined },
  {
    what: "a crash, of which the last line of its log is shown",
    pod: pod(container({ terminated: { exitCode: 1, reason: "Error", message: '{"msg":"started"}\n{"msg":"the run failed","error":"no token"}\n' } }, 2)),
    code: "crashed",
    says: /by itself, 3 times by now: the run failed: no token$/,
  },
  {
    what: "a crash without words",
    pod: pod(container({ waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } })),
    code: "crashed",
    says: /by itself: back-off 10s/,
  },
];
for (const { what, pod: aggregator, code, says = /^/ } of troubles)
  test(`${what} is ${code === undefined ? "no trouble" : `told as ${code}`}`, () => {
    const { trouble } = readView([aggregator], undefined);
    assert.equal(trouble?.code, code);
    assert.match(trouble?.message ?? "", says);
    if (code !== undefined) assert.ok((trouble?.hint ?? "").length > 10);
  });

const volume = { volumes: [{ name: "work", persistentVolumeClaim: { claimName: "asdic-spool" } }] };
const event = (name: string, said: string): EventView => {
  const [type = "", reason = "", ...words] = said.split(" ");
  return parseEventView({ metadata: { uid: said }, involvedObject: { name }, type, reason, message: words.join(" ") });
};
const refused = event("asdic-spool", "Warning ProvisioningFailed the pool is full");
const waiting = event("asdic-spool", "Normal WaitForFirstConsumer waiting for first consumer to be created");
const attached = event("asdic-aggregator-1", "Warning FailedAttachVolume Multi-Attach error");
const condition = (status: string, message = "") => ({ conditions: [{ type: "PodScheduled", status, reason: "Unschedulable", message }] });
const unbound = condition("False", "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.");

const volumeTroubles: readonly (readonly [what: string, pod: KubernetesObject, events: readonly EventView[], says: string | undefined])[] = [
  [
    "a claim that nobody serves",
    { ...pod(unbound), spec: volume },
    [waiting, refused],
    "volume-unbound PersistentVolumeClaims.; ProvisioningFailed: the pool is full",
  ],
  ["a claim that nobody serves, without events", { ...pod(unbound), spec: volume }, [], "volume-unbound PersistentVolumeClaims."],
  [
    "a provisioner that fails before the pod has a node",
    { ...pod({}), spec: volume },
    [refused],
    "volume-unbound its volume: ProvisioningFailed: the pool is full",
  ],
  ["a claim that waits for the pod", { ...pod({}), spec: volume }, [waiting], undefined],
  ["a pod that finds no room beside its volume", { ...pod(condition("False", "Insufficient cpu")), spec: volume }, [refused], "unschedulable Insufficient cpu"],
  ["a volume that another node has", { ...pod(condition("True")), spec: volume }, [attached], "volume-not-attached its volume: Multi-Attach error"],
  [
    "a volume that comes after a while",
    { ...pod({ phase: "Running", ...condition("True"), ...container({ running: {} }) }), spec: volume },
    [attached],
    undefined,
  ],
  ["another's trouble with volumes", { ...pod(condition("True")) }, [attached], undefined],
];
for (const [what, aggregator, events, says] of volumeTroubles)
  test(`${what} is ${says === undefined ? "no trouble" : "told with what is said of it"}`, () => {
    const { trouble } = readView([aggregator], undefined, events);
    if (says === undefined) return assert.equal(trouble, undefined);
    const [code, ...words] = says.split(" ");
    assert.equal(trouble?.code, code);
    assert.ok(trouble?.message.endsWith(words.join(" ")), trouble?.message);
  });

test("a Deployment that gets no pod says why", () => {
  const deployment = {
    metadata: { name: "asdic-aggregator" },
    status: { conditions: [{ type: "ReplicaFailure", status: "True", message: "exceeded quota: pods=0" }] },
  };
  assert.match(readView([], deployment).trouble?.message ?? "", /refuses the aggregator's pod: exceeded quota/);
  assert.equal(readView([pod({})], deployment).trouble, undefined);
});

test("the newest pod's summary counts, and until it has one the last one of its predecessor", () => {
  const older = pod({}, { name: "old", creationTimestamp: "2026-01-02T03:00:00Z", ...annotated("oldoldol") });
  const newer = (annotations: object) => pod({}, { name: "new", creationTimestamp: "2026-01-02T03:09:00Z", ...annotations });
  assert.equal(readView([older, newer({})], undefined).summary?.runId, "oldoldol");
  assert.equal(readView([older, newer(annotated("newnewne"))], undefined).summary?.runId, "newnewne");
  assert.equal(
    readView([{ ...newer(annotated("newnewne")), metadata: { ...newer(annotated("newnewne")).metadata, deletionTimestamp: "x" } }, older], undefined).summary
      ?.runId,
    "oldoldol",
  );
});

test("while the aggregator that spoke last is going, it is being replaced", () => {
  const going = (phase: "running" | "complete") => pod({}, { deletionTimestamp: "x", annotations: { "asdic.dev/status": JSON.stringify(summary({ phase })) } });
  assert.equal(readView([going("running")], undefined).isReplaced, true);
  assert.equal(readView([going("running"), pod({}, { name: "new" })], undefined).isReplaced, true);
  assert.equal(readView([going("running"), pod({}, { name: "new", ...annotated("newnewne") })], undefined).isReplaced, undefined);
  assert.equal(readView([going("complete")], undefined).isReplaced, undefined);
});

for (const text of ["", "{", "[]", '{"runId": 1}'])
  test(`an annotation that is ${JSON.stringify(text)} is no summary`, () =>
    assert.equal(readView([pod({}, { annotations: { "asdic.dev/status": text } })], undefined).summary, undefined));
