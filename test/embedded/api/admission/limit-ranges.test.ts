import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { createStage, home, pod } from "../stage.ts";

const stage = createStage(...home(), {
  apiVersion: "v1",
  kind: "LimitRange",
  metadata: { name: "l", namespace: "ns" },
  spec: {
    limits: [
      {
        type: "Container",
        default: { cpu: "200m" },
        defaultRequest: { cpu: "100m", memory: "64Mi" },
        max: { cpu: "1", memory: "1Gi" },
        min: { cpu: "50m" },
        maxLimitRequestRatio: { cpu: "4" },
      },
      { type: "Pod", max: { cpu: "1500m" } },
      { type: "PersistentVolumeClaim", max: { storage: "1Gi" }, min: { storage: "1Mi" } },
    ],
  },
});

test("a container without requests and limits gets the namespace's, and an annotation says so", () => {
  const { object } = stage.admit(pod());
  assert.deepEqual(field(object, "spec", "containers", "0", "resources"), {
    requests: { cpu: "100m", memory: "64Mi" },
    limits: { cpu: "200m", memory: "1Gi" },
  });
  assert.deepEqual(object?.metadata.annotations, {
    "kubernetes.io/limit-ranger": "LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for container c",
  });
});

const two = (resources: object) => ({ containers: ["c", "d"].map((name) => ({ name, image: "x", resources })) });
const refused: readonly (readonly [resources: object, message: string])[] = [
  [
    { requests: { cpu: "10m" } },
    "[minimum cpu usage per Container is 50m, but request is 10m, cpu max limit to request ratio per Container is 4, but provided ratio is 20.000000]",
  ],
  [
    { limits: { cpu: "2" }, requests: { cpu: "2" } },
    "[maximum cpu usage per Container is 1, but limit is 2, maximum cpu usage per Pod is 1500m, but limit is 4]",
  ],
  [{ limits: { cpu: "1" }, requests: { cpu: "1" } }, "maximum cpu usage per Pod is 1500m, but limit is 2"],
  [
    { limits: { cpu: "1" }, requests: { cpu: "100m" } },
    "[cpu max limit to request ratio per Container is 4, but provided ratio is 10.000000, maximum cpu usage per Pod is 1500m, but limit is 2]",
  ],
];

for (const [resources, message] of refused) {
  test(`two containers with ${JSON.stringify(resources)} are refused as by the API server`, () => {
    assert.equal(stage.admit(pod({}, two(resources))).refusal?.message, `pods "p" is forbidden: ${message}`);
  });
}

test("claims have limits too", () => {
  const claim = (storage: string) =>
    stage.admit({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "a", namespace: "ns" }, spec: { resources: { requests: { storage } } } })
      .refusal?.message;
  assert.equal(claim("2Gi"), 'persistentvolumeclaims "a" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi');
  assert.equal(claim("1Ki"), 'persistentvolumeclaims "a" is forbidden: minimum storage usage per PersistentVolumeClaim is 1Mi, but request is 1Ki');
  assert.equal(claim("1Gi"), undefined);
});
