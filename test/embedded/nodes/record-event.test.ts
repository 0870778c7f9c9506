import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../core/kubernetes/field.ts";
import { typeOf } from "../../../embedded/objects/object-key.ts";
import type { EventToRecord } from "../../../embedded/nodes/record-event.ts";
import { recordEvent } from "../../../embedded/nodes/record-event.ts";
import { openStage } from "./stage.ts";

function openRecorder(t: Parameters<typeof openStage>[0]) {
  const stage = openStage(t);
  const [about] = stage.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}");
  assert.ok(about);
  const tell = (message: string, more: Partial<EventToRecord> = {}): void =>
    recordEvent(stage.api, stage.clock, { about, type: "Normal", reason: "Done", message, component: "someone", ...more });
  const events = () => stage.listOf("v1", "Event");
  return { ...stage, about, tell, events, counts: () => events().map((event) => `${String(event["message"])} ${String(event["count"])}`) };
}

test("an event names its object and its author as the real recorder does", (t) => {
  const { about, tell, events } = openRecorder(t);
  tell("Created", { fieldPath: "spec.containers{c}", component: "kubelet", host: "n" });
  const [event] = events();
  const { name, uid, resourceVersion } = about.metadata;
  assert.deepEqual(event?.["involvedObject"], {
    apiVersion: "v1",
    kind: "ConfigMap",
    namespace: "ns",
    name,
    uid,
    resourceVersion,
    fieldPath: "spec.containers{c}",
  });
  assert.deepEqual(event["source"], { component: "kubelet", host: "n" });
  assert.deepEqual([event["reportingComponent"], event["reportingInstance"], event["count"], event["type"]], ["kubelet", "n", 1, "Normal"]);
  assert.match(event.metadata.name, /^m\.[0-9a-f]{16}$/);
});

test("the same said again is counted, also after somebody deleted it, and what differs is another event", (t) => {
  const { tell, events, counts, api, clock } = openRecorder(t);
  tell("a");
  clock.move(5000);
  tell("a");
  tell("b");
  assert.deepEqual(counts().toSorted(), ["a 2", "b 1"]);
  const first = events().find((event) => event["message"] === "a");
  assert.ok(first && String(first["lastTimestamp"]) > String(first["firstTimestamp"]));
  api.deleteCollection(typeOf(api, "v1", "Event"), { namespace: "ns" });
  tell("a");
  assert.deepEqual(counts(), ["a 1"]);
});

test("from the tenth message on, similar events are one", (t) => {
  const { tell, counts } = openRecorder(t);
  for (let number = 1; number <= 12; number += 1) tell(`pod ${number}`);
  assert.equal(counts().length, 10);
  assert.ok(counts().includes("(combined from similar events): pod 12 3"));
});

test("an event of something without a namespace stands in default, and one that is refused is lost without harm", (t) => {
  const { api, clock, events, find } = openRecorder(t);
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "n", uid: "n" } };
  recordEvent(api, clock, { about: node, type: "Normal", reason: "Starting", message: "", component: "kubelet", host: "n" });
  const [told] = api.list(typeOf(api, "v1", "Event"), { namespace: "default" });
  assert.deepEqual(field(told, "involvedObject"), { apiVersion: "v1", kind: "Node", name: "n", uid: "n" });
  assert.ok(find("v1", "Namespace", "ns"));
  recordEvent(api, clock, {
    about: { ...node, metadata: { name: "x", namespace: "nowhere" } },
    type: "Normal",
    reason: "Lost",
    message: "",
    component: "someone",
  });
  assert.equal(events().length, 0);
});
