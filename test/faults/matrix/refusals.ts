import type { JsonObject } from "../../../core/contract/json.ts";
import { objectNames } from "../../../core/contract/names.ts";
import type { Row } from "./row.ts";

/** What stands in a namespace whose rules refuse some pods. */
export const refusingObjects: readonly JsonObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "NAMESPACE", labels: { "pod-security.kubernetes.io/enforce": "baseline" } } },
  { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "no-gpus", namespace: "NAMESPACE" }, spec: { hard: { "requests.nvidia.com/gpu": "0" } } },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "policy" },
    webhooks: [
      {
        name: "images.policy.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        clientConfig: { service: { namespace: "default", name: "policy", path: "/check" } },
        rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
        objectSelector: { matchLabels: { "sonobuoy-plugin": "webhook-refused" } },
      },
    ],
  },
];

/** Objects that the API server does not take. */
export const refusals: readonly Row[] = [
  {
    code: "quota-exceeded",
    state: "failed",
    plugin: { container: { resources: { limits: { "nvidia.com/gpu": "1" } } } },
    sentence: /^The namespace's quota keeps the pod from being made: .*exceeded quota: no-gpus/,
    evidence: /"refusal":\{"status":403/,
  },
  {
    code: "pod-security",
    state: "failed",
    plugin: { container: { securityContext: { privileged: true } } },
    sentence: /^Pod Security keeps the pod from being made: .*violates PodSecurity "baseline/,
    evidence: /"refusal":\{"status":403/,
  },
  {
    code: "webhook-refused",
    state: "failed",
    plugin: {},
    grace: 30,
    sentence: /^A webhook that must allow the pod can't be asked: .*images\.policy\.example\.com.*service "policy" not found/,
    evidence: /"refusal":\{"status":500/,
  },
  {
    code: "object-refused",
    state: "failed",
    plugin: { podSpec: { serviceAccountName: "nobody" } },
    grace: 10,
    sentence: /^The API server refused the plugin's pod: .*serviceaccount "nobody" not found/,
    evidence: /"refusal":\{"status":403/,
  },
  {
    code: "rbac-refused",
    state: "failed",
    // After all others, so that the right is taken away while the run goes on.
    plugin: { order: 1 },
    async provoke({ stage, namespace, signal }) {
      const user = `system:serviceaccount:${namespace}:${objectNames.aggregator}`;
      await stage.until(["batch/v1", "Job"], { namespace, signal, is: ({ metadata }) => metadata.labels?.["sonobuoy-plugin"] === "fine" });
      stage.faults.api.deny("create", "jobs", user);
    },
    sentence: /^The aggregator is not allowed to make the pod: .*cannot create resource "jobs"/,
    evidence: /"refusal":\{"status":403/,
  },
];
