import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { expand } from "../../../../embedded/nodes/kubelet/environment/expand.ts";
import { createStage, shell } from "./stage.ts";

const field = (fieldPath: string): JsonObject => ({ valueFrom: { fieldRef: { fieldPath } } });

const variables: readonly { readonly name: string; readonly container: JsonObject; readonly value: string }[] = [
  {
    name: "a value with others in it",
    container: {
      env: [
        { name: "C", value: "x" },
        { name: "V", value: "$(B)-$(C)-$$(C)" },
      ],
    },
    value: "$(B)-x-$(C)",
  },
  {
    name: "a Service of the cluster in a value",
    container: { env: [{ name: "V", value: "https://$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)" }] },
    value: "https://10.96.0.1:443",
  },
  {
    name: "a Service of the namespace",
    container: { env: [{ name: "V", value: "$(MY_SVC_PORT_8080_TCP) $(MY_SVC_SERVICE_PORT_WEB)" }] },
    value: "tcp://10.96.0.9:8080 8080",
  },
  {
    name: "all keys of a ConfigMap behind a prefix",
    container: { envFrom: [{ prefix: "P_", configMapRef: { name: "cm" } }], env: [{ name: "V", value: "$(P_a)" }] },
    value: "1",
  },
  { name: "a variable over one of envFrom", container: { envFrom: [{ configMapRef: { name: "vars" } }], env: [{ name: "V", value: "mine" }] }, value: "mine" },
  { name: "a key of a Secret", container: { env: [{ name: "V", valueFrom: { secretKeyRef: { name: "s", key: "password" } } }] }, value: "sesame" },
  {
    name: "nothing for an optional key that is not there",
    container: { env: [{ name: "V", valueFrom: { secretKeyRef: { name: "s", key: "none", optional: true } } }] },
    value: "",
  },
  { name: "the pod's name", container: { env: [{ name: "V", ...field("metadata.name") }] }, value: "subject" },
  { name: "a label", container: { env: [{ name: "V", ...field("metadata.labels['app']") }] }, value: "x" },
  { name: "the node's name", container: { env: [{ name: "V", ...field("spec.nodeName") }] }, value: "worker-1" },
  { name: "the account", container: { env: [{ name: "V", ...field("spec.serviceAccountName") }] }, value: "default" },
  { name: "the pod's address", container: { env: [{ name: "V", ...field("status.podIP") }] }, value: "10.244.1.2" },
  { name: "the node's address", container: { env: [{ name: "V", ...field("status.hostIP") }] }, value: "10.200.0.3" },
  {
    name: "its own limit, rounded up",
    container: { resources: { limits: { cpu: "1100m" } }, env: [{ name: "V", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } }] },
    value: "2",
  },
  {
    name: "what the node has where there is no limit",
    container: { env: [{ name: "V", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } }] },
    value: "4",
  },
];

for (const { name, container, value } of variables)
  test(`a variable holds ${name}`, async (t) => {
    const stage = await createStage(t);
    const service = (at: string, spec: JsonObject): JsonObject => ({ kind: "Service", metadata: { name: at, namespace: "default" }, spec });
    stage.create(service("kubernetes", { clusterIP: "10.96.0.1", ports: [{ name: "https", port: 443 }] }));
    stage.create(service("my-svc", { clusterIP: "10.96.0.9", ports: [{ name: "web", port: 8080 }] }));
    stage.create({ kind: "ConfigMap", metadata: { name: "cm", namespace: "default" }, data: { a: "1" } });
    stage.create({ kind: "ConfigMap", metadata: { name: "vars", namespace: "default" }, data: { V: "theirs" } });
    stage.create({ kind: "Secret", metadata: { name: "s", namespace: "default" }, data: { password: "c2VzYW1l" } });
    const spec = { restartPolicy: "Never", serviceAccountName: "default", containers: [shell("c", 'printf %s "$V"', container)] };
    stage.run("subject", spec, { labels: { app: "x" } });
    await stage.until("subject", ({ phase }) => phase === "Succeeded");
    assert.equal(await stage.readLog("subject"), value);
  });

test("variables stand in commands and arguments too, and services can be left out", async (t) => {
  const stage = await createStage(t);
  const container = { name: "c", image: "busybox", command: ["echo", "$(A)"], args: ["$(B) $$(A)", "$(MY_SVC_PORT)"], env: [{ name: "A", value: "one" }] };
  stage.create({ kind: "Service", metadata: { name: "my-svc", namespace: "default" }, spec: { clusterIP: "10.96.0.9", ports: [{ port: 80 }] } });
  stage.run("subject", { restartPolicy: "Never", enableServiceLinks: false, containers: [container] });
  await stage.until("subject", ({ phase }) => phase === "Succeeded");
  assert.equal(await stage.readLog("subject"), "one $(B) $(A) $(MY_SVC_PORT)\n");
});

test("an expansion reads what looks like a name and nothing else", () => {
  const known = { A: "1", B: "$(A)" };
  const cases: readonly (readonly [string, string])[] = [
    ["$(A)", "1"],
    ["$(B)", "$(A)"],
    ["$$(A)", "$(A)"],
    ["$$$(A)", "$1"],
    ["$(A", "$(A"],
    ["$A $", "$A $"],
    ["$(toString)", "$(toString)"],
  ];
  for (const [text, expected] of cases) assert.equal(expand(text, known), expected, text);
});
