import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { watchEvents } from "../../../aggregator/watch/event-watch.ts";
import { startObjectServer } from "../../cli/object-server.ts";

const path = (name: string): string => `/api/v1/namespaces/a/events/${name}`;
const eventAbout = (uid: string, name: string, at: string) => ({
  apiVersion: "v1",
  kind: "Event",
  metadata: { name, namespace: "a", uid: `uid-of-${name}`, managedFields: [{ manager: "kubelet" }] },
  involvedObject: { kind: "Pod", name: "p", namespace: "a", uid },
  type: "Warning",
  reason: "FailedMount",
  message: `${name} ${"x".repeat(2000)}`,
  source: { component: "kubelet" },
  count: 1,
  lastTimestamp: at,
});

describe("watchEvents", async () => {
  const { cluster, put, remove, received } = await startObjectServer();
  const stop = new AbortController();
  after(() => stop.abort());
  const heard = new Set<string>();
  const events = watchEvents(cluster, { namespace: "a", signal: stop.signal, onEvent: (uid) => heard.add(uid) });
  events.watching.catch(() => undefined);
  while (received.filter(({ query }) => query.get("watch") !== null).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));

  it("asks for events about pods and Jobs, without those that every healthy pod has", () => {
    const selectors = received.map(({ query }) => query.get("fieldSelector") ?? "");
    assert.ok(
      selectors.some((selector) => selector.startsWith("involvedObject.kind=Pod,")) &&
        selectors.some((selector) => selector.startsWith("involvedObject.kind=Job,")),
    );
    for (const selector of selectors) assert.match(selector, /reason!=Pulled,reason!=Created,reason!=Started/);
  });

  const until = async (isReached: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 1500 && !isReached(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it("keeps the last eight of an object, each cut, and one that is counted up once", async () => {
    for (let number = 10; number < 22; number += 1) put(path(`e${number}`), eventAbout("pod-1", `e${number}`, `2026-01-01T00:00:${number}Z`));
    put(path("e21"), { ...eventAbout("pod-1", "e21", "2026-01-01T00:01:00Z"), count: 7 });
    await until(() => events.of("pod-1").at(-1)?.count === 7);
    const kept = events.of("pod-1");
    assert.deepEqual(
      kept.map(({ message }) => message.slice(0, 3)),
      ["e14", "e15", "e16", "e17", "e18", "e19", "e20", "e21"],
    );
    assert.deepEqual([kept.at(-1)?.count, kept.at(-1)?.source, kept[0]?.message.length], [7, "kubelet", 600]);
    assert.ok(heard.has("pod-1"));
  });

  it("forgets what the server forgets", async () => {
    put(path("other"), eventAbout("pod-2", "other", "2026-01-01T00:00:00Z"));
    await until(() => events.of("pod-2").length === 1);
    remove(path("other"));
    await until(() => events.of("pod-2").length === 0);
    assert.deepEqual(events.of("pod-2"), []);
  });
});
