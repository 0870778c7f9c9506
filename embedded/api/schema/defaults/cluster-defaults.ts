import type { JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Fill } from "./change-field.ts";
import { changeEach, changeField, fillField, inField, inOrder, presets } from "./change-field.ts";

const rbac = "rbac.authorization.k8s.io";
const bind: Fill = inOrder(inField("roleRef", presets({ apiGroup: rbac })), (binding) =>
  changeEach(binding, "subjects", (subject) => (subject["kind"] === "User" || subject["kind"] === "Group" ? presets({ apiGroup: rbac })(subject) : subject)),
);
const port443: Fill = inField("service", presets({ port: 443 }));
const webhooks =
  (more: JsonObject): Fill =>
  (object) =>
    changeEach(
      object,
      "webhooks",
      inOrder(
        presets({ failurePolicy: "Fail", matchPolicy: "Equivalent", namespaceSelector: {}, objectSelector: {}, timeoutSeconds: 10, ...more }),
        inField("clientConfig", port443),
        (webhook) => changeEach(webhook, "rules", presets({ scope: "*" })),
      ),
    );

/** The defaults of what a cluster is made of: rights, extensions, nodes, limits. */
export const clusterDefaults: Readonly<Record<string, Fill>> = {
  "/Namespace": inOrder(fillNamespace, presets({ spec: {} }), (object) => fillField(object, "status", presets({ phase: "Active" }))),
  "/Node": inOrder(presets({ spec: {} }), (node) => fillField(node, "status", fillNodeStatus)),
  "/Secret": inOrder(fillSecret, presets({ type: "Opaque" })),
  "/LimitRange": inField("spec", (spec) => changeEach(spec, "limits", fillLimits)),
  "/ResourceQuota": presets({ spec: {}, status: {} }),
  "/Event": presets({ source: {}, firstTimestamp: null, lastTimestamp: null, eventTime: null, reportingComponent: "", reportingInstance: "" }),
  [`${rbac}/Role`]: presets({ rules: null }),
  [`${rbac}/ClusterRole`]: presets({ rules: null }),
  [`${rbac}/RoleBinding`]: bind,
  [`${rbac}/ClusterRoleBinding`]: bind,
  "policy/PodDisruptionBudget": inOrder(presets({ spec: {} }), (budget) =>
    fillField(budget, "status", presets({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 })),
  ),
  "scheduling.k8s.io/PriorityClass": presets({ value: 0, preemptionPolicy: "PreemptLowerPriority" }),
  "coordination.k8s.io/Lease": presets({ spec: {} }),
  "autoscaling/HorizontalPodAutoscaler": inOrder(
    inField(
      "spec",
      presets({ minReplicas: 1, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }] }),
    ),
    (object) => fillField(object, "status", presets({ desiredReplicas: 0, currentMetrics: null })),
  ),
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration": webhooks({}),
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": webhooks({ reinvocationPolicy: "Never" }),
  "apiregistration.k8s.io/APIService": inOrder(inField("spec", port443), presets({ status: {} })),
  "apiextensions.k8s.io/CustomResourceDefinition": inOrder(inField("spec", fillCustomResource), fillCustomStatus),
  "certificates.k8s.io/CertificateSigningRequest": presets({ status: {} }),
};

function fillNamespace(namespace: JsonObject): JsonObject {
  const name = text(field(namespace, "metadata", "name"));
  // A generated name gets its label once it is known.
  if (name === "") return namespace;
  return changeField(namespace, "metadata", (metadata) => fillField(metadata, "labels", (labels) => ({ ...labels, "kubernetes.io/metadata.name": name })));
}

function fillNodeStatus(status: JsonObject): JsonObject {
  const names = [
    "machineID",
    "systemUUID",
    "bootID",
    "kernelVersion",
    "osImage",
    "containerRuntimeVersion",
    "kubeletVersion",
    "kubeProxyVersion",
    "operatingSystem",
    "architecture",
  ];
  return presets({
    ...(status["capacity"] === undefined ? {} : { allocatable: status["capacity"] }),
    daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
    nodeInfo: Object.fromEntries(names.map((name) => [name, ""])),
  })(status);
}

/** What was written as text is kept as data. */
function fillSecret({ stringData, ...secret }: JsonObject): JsonObject {
  if (!isJsonObject(stringData)) return secret;
  const encoded = Object.entries(stringData).map(([key, value]) => [key, Buffer.from(text(value)).toString("base64")]);
  return fillField(secret, "data", (data) => ({ ...data, ...Object.fromEntries(encoded) }));
}

function fillLimits(limit: JsonObject): JsonObject {
  if (limit["type"] !== "Container") return limit;
  const from = (target: string, source: string) => (item: JsonObject) => {
    const amounts = item[source];
    return isJsonObject(amounts) ? fillField(item, target, presets(amounts)) : item;
  };
  return inOrder(from("default", "max"), from("defaultRequest", "default"), from("defaultRequest", "min"))(limit);
}

function fillCustomResource(spec: JsonObject): JsonObject {
  const kind = text(field(spec, "names", "kind"));
  const named = fillField(spec, "names", presets({ singular: kind.toLowerCase(), listKind: `${kind}List` }));
  return fillField(named, "conversion", presets({ strategy: "None" }));
}

function fillCustomStatus(definition: JsonObject): JsonObject {
  const stored = list(field(definition, "spec", "versions")).filter((version) => field(version, "storage") === true);
  const status = { conditions: null, acceptedNames: { plural: "", kind: "" }, storedVersions: stored.map((version) => text(field(version, "name"))) };
  return fillField(definition, "status", presets(status));
}
