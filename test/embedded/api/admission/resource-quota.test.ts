import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { renderQuantity } from "../../../../core/kubernetes/quantity.ts";
import { sumQuotaUsage } from "../../../../embedded/api/admission/quota-usage.ts";
import { createStage, home, pod } from "../stage.ts";

const quota = (hard: { readonly [name: string]: string }, more: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "q", namespace: "ns" },
  spec: { hard, ...more },
});
const map = (name: string): KubernetesObject => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "ns" } });
const sized = (cpu: string, memory: string) => ({ resources: { requests: { cpu }, limits: { memory } } });
const full = quota({ "requests.cpu": "1", "limits.memory": "1Gi", pods: "3" });
const both = (container: object) => ({ containers: ["c", "d"].map((name) => ({ name, image: "x", ...container })) });

const cases: readonly (readonly [what: string, spec: object, message: string | undefined])[] = [
  ["containers that don't say what they take", both({}), "failed quota: q: must specify limits.memory for: c,d; requests.cpu for: c,d"],
  [
    "one that says too much processor",
    both(sized("700m", "1Mi")),
    "exceeded quota: q, requested: requests.cpu=1400m, used: requests.cpu=0, limited: requests.cpu=1",
  ],
  [
    "one that is too large in two ways",
    both(sized("600m", "1Gi")),
    "exceeded quota: q, requested: limits.memory=2Gi,requests.cpu=1200m, used: limits.memory=0,requests.cpu=0, limited: limits.memory=1Gi,requests.cpu=1",
  ],
  ["one that fits", both(sized("100m", "1Mi")), undefined],
];

for (const [what, spec, message] of cases) {
  test(`quota: ${what}`, () => {
    assert.equal(createStage(...home(), full).admit(pod({}, spec)).refusal?.message, message && `pods "p" is forbidden: ${message}`);
  });
}

test("objects are counted by type, and only in their namespace", () => {
  const stage = createStage(...home(), quota({ "count/configmaps": "2", "count/deployments.apps": "0", secrets: "1" }), map("a"), map("b"));
  assert.equal(
    stage.admit(map("c")).refusal?.message,
    'configmaps "c" is forbidden: exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=2, limited: count/configmaps=2',
  );
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d", namespace: "ns" } };
  assert.equal(
    stage.admit(deployment).refusal?.message,
    'deployments.apps "d" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0',
  );
  assert.ok(stage.admit({ apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: "ns" } }).object);
  assert.ok(stage.admit(map("a"), { operation: "UPDATE", old: map("a") }).object);
});

test("node ports and storage are counted; a claim that grows is charged what it grows by", () => {
  const stage = createStage(...home(), quota({ "services.nodeports": "0", "requests.storage": "3Gi", persistentvolumeclaims: "1" }));
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a", namespace: "ns" }, spec: { type: "NodePort", ports: [{ port: 80 }] } };
  assert.equal(
    stage.admit(service).refusal?.message,
    'services "a" is forbidden: exceeded quota: q, requested: services.nodeports=1, used: services.nodeports=0, limited: services.nodeports=0',
  );
  const claim = (storage: string) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "c", namespace: "ns" },
    spec: { storageClassName: "s", resources: { requests: { storage } } },
  });
  const old = stage.put(claim("2Gi"));
  assert.ok(stage.admit(claim("3Gi"), { operation: "UPDATE", old }).object);
  assert.match(stage.admit(claim("4Gi"), { operation: "UPDATE", old }).refusal?.message ?? "", /requested: requests.storage=2Gi, used: requests.storage=2Gi/);
});

test("what a namespace uses: ended pods take nothing but their place as objects", () => {
  const stage = createStage(...home(), pod(sized("100m", "1Mi")));
  stage.put({ ...pod(sized("1", "1Gi"), {}, { name: "ended" }), status: { phase: "Succeeded" } });
  const used = sumQuotaUsage(quota({ "requests.cpu": "1", "limits.memory": "1Gi", pods: "3", "count/pods": "3", configmaps: "1" }), stage);
  assert.deepEqual(
    [...used].map(([name, amount]) => `${name}=${renderQuantity(amount)}`),
    ["requests.cpu=100m", "limits.memory=1Mi", "pods=1", "count/pods=2", "configmaps=0"],
  );
});

test("a quota with scopes is about those pods alone", () => {
  const stage = createStage(...home(), quota({ pods: "0" }, { scopes: ["NotBestEffort"] }));
  assert.ok(stage.admit(pod()).object);
  assert.match(stage.admit(pod(sized("1", "1"))).refusal?.message ?? "", /exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0/);
});
