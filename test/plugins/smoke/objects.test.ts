import assert from "node:assert/strict";
import { test } from "node:test";
import { isJsonObject } from "../../../core/contract/json.ts";
import { podSecurity } from "../../../core/kubernetes/pod-security.ts";
import { isNodeSelected } from "../../../core/kubernetes/node-selection.ts";
import { buildClientPod, buildServerPod, buildService, smokeSelector } from "../../../plugins/smoke/objects.ts";
import { parseProbePlan } from "../../../plugins/smoke/probe-plan.ts";
import { parseSmokeSettings } from "../../../plugins/smoke/settings.ts";

const settings = parseSmokeSettings({
  ASDIC_NAMESPACE: "asdic",
  ASDIC_RUN_ID: "abcd1234",
  ASDIC_IMAGE: "ghcr.io/asdic/asdic:dev",
  POD_NAME: "asdic-smoke-xyz",
  POD_UID: "0f8fad5b-d9cb-469f-a165-70867728950e",
});
const plan = {
  names: [{ name: "kubernetes.default.svc" }, { name: "a.b.svc", address: "10.96.0.7" }],
  url: "http://10.96.0.7:80/",
  token: "t",
  limitSeconds: 30,
};
const server = buildServerPod(settings, "worker-1");
const client = buildClientPod(settings, "worker-2", plan);
const service = buildService(settings);

test("all objects bear the run, have a name of their own, and vanish with the plugin's pod", () => {
  for (const object of [server, client, service]) {
    assert.match(object.metadata.name, /^asdic-smoke-.*0f8fad5b$/);
    assert.equal(object.metadata.namespace, "asdic");
    assert.equal(object.metadata.labels?.["asdic.dev/run"], "abcd1234");
    assert.equal(object.metadata.labels["asdic.dev/plugin"], undefined);
    assert.deepEqual(object.metadata.ownerReferences, [
      { apiVersion: "v1", kind: "Pod", name: "asdic-smoke-xyz", uid: "0f8fad5b-d9cb-469f-a165-70867728950e" },
    ]);
  }
  assert.equal(new Set([server, client, service].map(({ metadata }) => metadata.name)).size, 3);
});

test("the Service's selector fits the server and nothing else, the plugin's selector both pods", () => {
  const fits = (labels: Readonly<Record<string, string>> = {}, selector: object): boolean =>
    Object.entries(selector).every(([key, value]) => labels[key] === value);
  assert.ok(isJsonObject(service["spec"]) && isJsonObject(service["spec"]["selector"]));
  const { selector } = service["spec"];
  assert.deepEqual([fits(server.metadata.labels, selector), fits(client.metadata.labels, selector)], [true, false]);
  const own = Object.fromEntries(
    smokeSelector(settings)
      .split(",")
      .map((part) => part.split("=")),
  );
  assert.deepEqual([fits(server.metadata.labels, own), fits(client.metadata.labels, own)], [true, true]);
});

for (const [name, pod, node] of [
  ["server", server, "worker-1"],
  ["client", client, "worker-2"],
] as const) {
  test(`${name}: is restricted, holds no token, ends by itself and goes to its node alone`, () => {
    assert.ok(isJsonObject(pod["spec"]));
    const spec = pod["spec"];
    assert.deepEqual(podSecurity(spec), { level: "restricted", reasons: [] });
    assert.deepEqual([spec["automountServiceAccountToken"], spec["restartPolicy"], spec["terminationGracePeriodSeconds"]], [false, "Never", 1]);
    assert.ok(Number(spec["activeDeadlineSeconds"]) > 0);
    const isOn = (metadataName: string) =>
      isNodeSelected({ apiVersion: "v1", kind: "Node", metadata: { name: metadataName, labels: { "kubernetes.io/os": "linux" } } }, spec);
    assert.deepEqual([isOn(node), isOn("worker-3")], [true, false]);
  });
}

test("the client's argument is the plan, as it reads it", () => {
  assert.ok(isJsonObject(client["spec"]) && Array.isArray(client["spec"]["containers"]));
  const command: readonly string[] = client["spec"]["containers"][0].command;
  assert.deepEqual(command.slice(0, 3), ["/nodejs/bin/node", "/asdic/plugins/main.js", "smoke-client"]);
  assert.deepEqual(parseProbePlan(command[3]), plan);
});

test("a pod that was not started by asdic is told what it lacks, all at once", () => {
  assert.throws(() => parseSmokeSettings({ ASDIC_NAMESPACE: "asdic", POD_NAME: "x", POD_UID: "" }), /lacks ASDIC_RUN_ID, ASDIC_IMAGE, POD_UID$/);
});
