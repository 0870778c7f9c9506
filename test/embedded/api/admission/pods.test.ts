import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { buildBootstrapObjects } from "../../../../embedded/api/rights/bootstrap-objects.ts";
import { createStage, home, pod } from "../stage.ts";

const fresh = buildBootstrapObjects({ apiServer: { address: "127.0.0.1", port: 6443 } });

test("a plain pod gets what the API server adds: account, token, tolerations, priority", () => {
  const { object } = createStage(...home(), ...fresh).admit(pod());
  const name = String(field(object, "spec", "volumes", "0", "name"));
  assert.match(name, /^kube-api-access-[a-z0-9]{5}$/);
  assert.deepEqual(object?.["spec"], {
    containers: [{ name: "c", image: "x", volumeMounts: [{ name, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }] }],
    volumes: [
      {
        name,
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
            { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
            { downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] } },
          ],
          defaultMode: 420,
        },
      },
    ],
    serviceAccountName: "default",
    serviceAccount: "default",
    priority: 0,
    preemptionPolicy: "PreemptLowerPriority",
    tolerations: ["not-ready", "unreachable"].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: "Exists",
      effect: "NoExecute",
      tolerationSeconds: 300,
    })),
  });
});

test("no token for a pod, or an account, that wants none; none twice; none in a mirror of a static pod", () => {
  const quiet: KubernetesObject = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "quiet", namespace: "ns" },
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: "pull" }],
  };
  const stage = createStage(...home(), quiet);
  const mount = { name: "own", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" };
  const volumes = (...[container, spec, metadata]: Parameters<typeof pod>) => field(stage.admit(pod(container, spec, metadata)).object, "spec", "volumes");
  assert.equal(volumes({}, { automountServiceAccountToken: false }), undefined);
  assert.equal(volumes({}, { serviceAccountName: "quiet" }), undefined);
  assert.equal((volumes({}, { serviceAccountName: "quiet", automountServiceAccountToken: true }) as readonly unknown[]).length, 1);
  assert.equal(volumes({ volumeMounts: [mount] }), undefined);
  assert.equal(volumes({}, {}, { annotations: { "kubernetes.io/config.mirror": "x" } }), undefined);
  assert.deepEqual(field(stage.admit(pod({}, { serviceAccountName: "quiet" })).object, "spec", "imagePullSecrets"), [{ name: "pull" }]);
});

test("tolerations of one's own stay alone", () => {
  const stage = createStage(...home());
  const tolerations = (own: readonly object[]) => field(stage.admit(pod({}, { tolerations: own })).object, "spec", "tolerations");
  assert.deepEqual(tolerations([{ operator: "Exists" }]), [{ operator: "Exists" }]);
  const own = { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" };
  assert.deepEqual(tolerations([own]), [own, { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }]);
});

const refused: readonly (readonly [what: string, spec: object, message: string])[] = [
  ["an account that is missing", { serviceAccountName: "nope" }, 'error looking up service account ns/nope: serviceaccount "nope" not found'],
  ["a runtime class that is missing", { runtimeClassName: "nope" }, 'pod rejected: RuntimeClass "nope" not found'],
  ["a priority class that is missing", { priorityClassName: "nope" }, "no PriorityClass with name nope was found"],
  [
    "a number beside its class",
    { priority: 7, priorityClassName: "system-node-critical" },
    "the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 2000001000 from the given PriorityClass name",
  ],
];

for (const [what, spec, message] of refused) {
  test(`${what} is refused`, () => {
    const { refusal } = createStage(...home(), ...fresh).admit(pod({}, spec));
    assert.equal(refusal?.message, `pods "p" is forbidden: ${message}`);
    assert.equal(refusal.code, 403);
  });
}

test("a pod of a priority class has its number, and everybody has that of a global class", () => {
  const stage = createStage(...home(), ...fresh);
  const spec = (own: object) => stage.admit(pod({}, own)).object?.["spec"];
  assert.equal(field(spec({ priorityClassName: "system-node-critical" }), "priority"), 2000001000);
  stage.put({ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "all" }, value: 5, globalDefault: true, preemptionPolicy: "Never" });
  assert.deepEqual(
    ["priority", "priorityClassName", "preemptionPolicy"].map((key) => field(spec({}), key)),
    [5, "all", "Never"],
  );
});

test("a new node is tainted until it is ready, and a claim gets the default class", () => {
  const storage = (name: string, creationTimestamp: string): KubernetesObject => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name, creationTimestamp, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
  });
  const stage = createStage(...home(), storage("new", "2026-02-01T00:00:00Z"), storage("old", "2026-01-01T00:00:00Z"));
  const node = stage.admit({ apiVersion: "v1", kind: "Node", metadata: { name: "n" } }).object;
  assert.deepEqual(field(node, "spec", "taints"), [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }]);
  const claim: KubernetesObject = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "c", namespace: "ns" }, spec: {} };
  assert.equal(field(stage.admit(claim).object, "spec", "storageClassName"), "new");
  assert.equal(field(stage.admit({ ...claim, spec: { storageClassName: "" } }).object, "spec", "storageClassName"), "");
});
