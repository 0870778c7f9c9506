import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../core/contract/json.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";
import { describeEvents, describePod } from "../../../plugins/smoke/evidence.ts";

test("a pod is told by phase, unmet conditions and container states", () => {
  const pod = parsePodView({
    metadata: { name: "asdic-smoke-server-1" },
    spec: { nodeName: "worker-1" },
    status: {
      phase: "Pending",
      conditions: [
        { type: "PodScheduled", status: "True" },
        { type: "Ready", status: "False", reason: "ContainersNotReady", message: "containers with unready status: [server]" },
      ],
      containerStatuses: [{ name: "server", image: "i", state: { waiting: { reason: "ImagePullBackOff", message: "Back-off pulling image" } } }],
    },
  });
  assert.deepEqual(describePod(pod), [
    "pod asdic-smoke-server-1 on worker-1: Pending",
    "  condition Ready=False ContainersNotReady: containers with unready status: [server]",
    "  container server: waiting ImagePullBackOff: Back-off pulling image",
  ]);
});

test("a pod that has no node and one that ended say so", () => {
  assert.deepEqual(describePod(parsePodView({ metadata: { name: "a" } })), ["pod a on no node yet: Pending"]);
  const ended = {
    metadata: { name: "a" },
    spec: { nodeName: "n" },
    status: {
      phase: "Failed",
      reason: "Evicted",
      message: "low on memory",
      containerStatuses: [{ name: "c", state: { terminated: { exitCode: 137, reason: "OOMKilled" } } }],
    },
  };
  assert.deepEqual(describePod(parsePodView(ended)), ["pod a on n: Failed Evicted: low on memory", "  container c: terminated with exit code 137 OOMKilled"]);
});

test("of the events the last five are shown, by whichever time they carry", () => {
  const event = (minute: number, times: JsonObject): JsonObject => ({ type: "Warning", reason: `R${minute}`, message: "m", ...times });
  const at = (minute: number) => `2026-01-01T00:0${minute}:00Z`;
  const events = [
    event(6, { series: { lastObservedTime: at(6) }, eventTime: at(0) }),
    event(1, { lastTimestamp: at(1) }),
    event(3, { lastTimestamp: null, eventTime: at(3) }),
    event(2, { firstTimestamp: at(2) }),
    event(5, { lastTimestamp: at(5) }),
    event(4, { lastTimestamp: at(4) }),
  ];
  assert.deepEqual(
    describeEvents(events),
    [2, 3, 4, 5, 6].map((minute) => `  event Warning R${minute}: m`),
  );
});
