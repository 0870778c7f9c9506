import assert from "node:assert/strict";
import { test } from "node:test";
import { qosClassOf } from "../../../../../embedded/api/registry/strategies/pod.ts";
import { objectOf, openRegistry, refusalOf } from "../open-registry.ts";

const job = (metadata: object = {}, spec: object = {}) =>
  objectOf("x", { spec: { template: { metadata: { labels: { own: "yes" } }, spec: {} }, ...spec } }, metadata);

test("a Job's pods are told apart by its uid, and a Job without labels has theirs", () => {
  const { api, typeOf, keyOf } = openRegistry();
  const { metadata, spec } = api.create(typeOf("jobs"), job());
  const { uid } = metadata;
  const labels = { own: "yes", "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": "x", "controller-uid": uid, "job-name": "x" };
  assert.deepEqual(spec, { template: { metadata: { labels }, spec: {} }, selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } } });
  assert.deepEqual(metadata.labels, labels);
  assert.deepEqual(api.modify(keyOf("jobs", "x"), (old) => ({ ...old, metadata: { ...old.metadata, labels: { a: "b" } } })).metadata.labels, { a: "b" });
});

test("a Job that chooses its pods itself is left as it is; one that only seems to is refused", () => {
  const { api, typeOf } = openRegistry();
  const selector = { matchLabels: { own: "yes" } };
  assert.deepEqual(api.create(typeOf("jobs"), job({ labels: { a: "b" } }, { manualSelector: true, selector }))["spec"], {
    manualSelector: true,
    selector,
    template: { metadata: { labels: { own: "yes" } }, spec: {} },
  });
  const { message } = refusalOf(() => api.create(typeOf("jobs"), job({ name: "y" }, { selector })));
  assert.match(
    message,
    /^Job\.batch "y" is invalid: spec\.selector: Invalid value: \{"matchLabels":\{"batch\.kubernetes\.io\/controller-uid":"[^"]+","own":"yes"\}\}: `selector` not auto-generated$/,
  );
});

const frozen = "Forbidden: field is immutable when `immutable` is set";

/** As Kubernetes 1.36 answered. */
const immutable: readonly (readonly [plural: string, rest: object, causes: string])[] = [
  ["configmaps", { immutable: true, data: { a: "c" } }, `data: ${frozen}`],
  ["configmaps", { data: { a: "c" } }, `[immutable: ${frozen}, data: ${frozen}]`],
  ["configmaps", { immutable: true, data: { a: "b" }, binaryData: { q: "YQ==" } }, `binaryData: ${frozen}`],
  ["secrets", { immutable: true, type: "Opaque", data: {} }, `data: ${frozen}`],
  ["secrets", { immutable: true, type: "x", data: { a: "b" } }, 'type: Invalid value: "x": field is immutable'],
];

for (const [plural, rest, causes] of immutable)
  test(`immutable ${plural} refuse ${JSON.stringify(rest)}`, () => {
    const { api, typeOf, keyOf } = openRegistry();
    const { kind } = api.create(typeOf(plural), objectOf("x", { immutable: true, type: "Opaque", data: { a: "b" } }));
    assert.equal(refusalOf(() => api.update(keyOf(plural, "x"), objectOf("x", { type: "Opaque", ...rest }))).message, `${kind} "x" is invalid: ${causes}`);
  });

const both = { cpu: "1", memory: "1Gi" };

const classes: readonly (readonly [containers: readonly object[], qosClass: string])[] = [
  [[{}], "BestEffort"],
  [[{ requests: { cpu: "0" } }], "BestEffort"],
  [[{ requests: { "ephemeral-storage": "1Gi" } }], "BestEffort"],
  [[{ requests: { cpu: "1" } }], "Burstable"],
  [[{ limits: both }], "Guaranteed"],
  [[{ limits: both, requests: { cpu: "1000m", memory: "1024Mi" } }], "Guaranteed"],
  [[{ limits: both, requests: { cpu: "500m" } }], "Burstable"],
  [[{ limits: both }, {}], "Burstable"],
  [[{ limits: { cpu: "1" } }], "Burstable"],
];

for (const [containers, qosClass] of classes)
  test(`a pod with ${JSON.stringify(containers)} is ${qosClass}`, () => {
    assert.equal(qosClassOf({ containers: containers.map((resources) => ({ resources })) }), qosClass);
  });
