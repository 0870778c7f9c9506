import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { createStage, home, pod } from "../stage.ts";

const configuration = (webhook: JsonObject): KubernetesObject => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "policy" },
  webhooks: [
    {
      name: "images.policy.example.com",
      failurePolicy: "Fail",
      clientConfig: { service: { namespace: "default", name: "policy", path: "/check" } },
      rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
      namespaceSelector: {},
      objectSelector: {},
      ...webhook,
    },
  ],
});

test("a webhook that nobody can reach refuses what it must be asked about, in the API server's words", () => {
  const { refusal } = createStage(...home(), configuration({})).admit(pod());
  assert.equal(refusal?.code, 500);
  assert.equal(
    refusal.message,
    'Internal error occurred: failed calling webhook "images.policy.example.com": failed to call webhook: Post "https://policy.default.svc:443/check?timeout=10s": service "policy" not found',
  );
});

const indifferent: readonly (readonly [string, JsonObject])[] = [
  ["need not be asked", { failurePolicy: "Ignore" }],
  ["is for other kinds", { rules: [{ operations: ["*"], apiGroups: ["apps"], apiVersions: ["*"], resources: ["*"] }] }],
  ["is for other verbs", { rules: [{ operations: ["DELETE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }] }],
  ["is for other namespaces", { namespaceSelector: { matchLabels: { team: "commerce" } } }],
  ["is for other objects", { objectSelector: { matchLabels: { app: "shop" } } }],
];
for (const [what, webhook] of indifferent)
  test(`one that ${what} keeps nothing back`, () => assert.equal(createStage(...home(), configuration(webhook)).admit(pod()).refusal, undefined));
