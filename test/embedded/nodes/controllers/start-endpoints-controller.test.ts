import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { startEndpointsController } from "../../../../embedded/nodes/controllers/endpoints/start-endpoints-controller.ts";
import { startServiceRoutes } from "../../../../embedded/nodes/controllers/endpoints/start-service-routes.ts";
import type { ServiceRoute } from "../../../../embedded/nodes/pod-network.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { openStage, running, settle } from "../stage.ts";

const podOf = (name: string, port = 8080): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: web}}, spec: {nodeName: n, containers: [{name: c, image: x, ports: [{name: web, containerPort: ${port}}]}]}}`;
const serviceOf = (name: string, spec: string): string => `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {selector: {app: web}, ${spec}}}`;

function startServices(t: Parameters<typeof openStage>[0], ...yaml: readonly string[]) {
  const stage = openStage(t);
  let routes: readonly ServiceRoute[] = [];
  startEndpointsController(stage.cluster);
  startServiceRoutes(stage.cluster, { setServices: (services) => void (routes = services) });
  stage.create(yaml.join("\n---\n"));
  return {
    ...stage,
    route: (name: string) => routes.find((route) => route.name === name),
    slices: (name: string) =>
      stage.listOf("discovery.k8s.io/v1", "EndpointSlice").filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name),
    subsets: (name: string) => stage.find("v1", "Endpoints", name)?.["subsets"],
  };
}

test("a Service leads to its ready pods, at the ports that its target ports are in each of them", async (t) => {
  const stage = startServices(
    t,
    podOf("a"),
    podOf("b", 9090),
    podOf("waiting"),
    serviceOf("web", "clusterIP: 10.96.0.50, ports: [{name: http, port: 80, targetPort: web}, {name: raw, port: 81}]"),
  );
  const [first, second, waiting] = stage.pods();
  assert.ok(first && second && waiting);
  stage.report(first, { ...running, podIP: "10.244.1.5" });
  stage.report(second, { ...running, podIP: "10.244.1.6" });
  stage.report(waiting, { phase: "Running", podIP: "10.244.1.7", conditions: [] });
  await settle();
  const target = (pod: typeof first) => ({ nodeName: "n", targetRef: { kind: "Pod", namespace: "ns", name: pod.metadata.name, uid: pod.metadata.uid } });
  const yes = { ready: true, serving: true, terminating: false };
  assert.deepEqual(
    stage
      .slices("web")
      .map((slice) => [slice["endpoints"], slice["ports"]])
      .toSorted((left, right) => JSON.stringify(left[1]).localeCompare(JSON.stringify(right[1]))),
    [
      [
        [
          { addresses: ["10.244.1.5"], conditions: yes, ...target(first) },
          { addresses: ["10.244.1.7"], conditions: { ready: false, serving: false, terminating: false }, ...target(waiting) },
        ],
        [
          { name: "http", port: 8080, protocol: "TCP" },
          { name: "raw", port: 81, protocol: "TCP" },
        ],
      ],
      [
        [{ addresses: ["10.244.1.6"], conditions: yes, ...target(second) }],
        [
          { name: "http", port: 9090, protocol: "TCP" },
          { name: "raw", port: 81, protocol: "TCP" },
        ],
      ],
    ],
  );
  assert.deepEqual(field(stage.subsets("web"), "0"), {
    addresses: [{ ip: "10.244.1.5", ...target(first) }],
    notReadyAddresses: [{ ip: "10.244.1.7", ...target(waiting) }],
    ports: [
      { name: "http", port: 8080, protocol: "TCP" },
      { name: "raw", port: 81, protocol: "TCP" },
    ],
  });
  const route = stage.route("web");
  assert.deepEqual(route?.clusterIPs, ["10.96.0.50"]);
  assert.deepEqual(
    route.ports.map(({ port, endpoints }) => [port, endpoints.map((one) => `${one.address}:${one.port}`).toSorted()]),
    [
      [80, ["10.244.1.5:8080", "10.244.1.6:9090"]],
      [81, ["10.244.1.5:81", "10.244.1.6:81"]],
    ],
  );
});

test("a Service without pods has an empty slice and Endpoints without subsets", async (t) => {
  const stage = startServices(t, serviceOf("web", "ports: [{port: 80}]"));
  await settle();
  const [slice, ...others] = stage.slices("web");
  assert.deepEqual([slice?.["endpoints"] ?? null, slice?.["ports"] ?? null, others.length], [null, null, 0]);
  assert.ok(stage.find("v1", "Endpoints", "web"));
  assert.equal(stage.subsets("web"), undefined);
  assert.deepEqual(stage.route("web")?.ports, [{ port: 80, endpoints: [] }]);
});

test("a Service may publish pods that aren't ready, and a headless one leads to its pods by name", async (t) => {
  const stage = startServices(t, podOf("a"), serviceOf("all", "publishNotReadyAddresses: true, ports: [{port: 80}]"), serviceOf("headless", "clusterIP: None"));
  const [pod] = stage.pods();
  assert.ok(pod);
  stage.report(pod, { phase: "Pending", podIP: "10.244.1.5" });
  await settle();
  assert.deepEqual(stage.route("all")?.ports, [{ port: 80, endpoints: [{ address: "10.244.1.5", port: 80 }] }]);
  stage.report(pod, running);
  await settle();
  assert.deepEqual(stage.route("headless"), {
    namespace: "ns",
    name: "headless",
    clusterIPs: [],
    ports: [{ port: 0, endpoints: [{ address: "10.244.1.5", port: 0 }] }],
  });
  assert.equal(stage.slices("headless")[0]?.metadata.labels?.["service.kubernetes.io/headless"], "");
});

test("a pod that is being deleted, or loses its label, leaves the Service; Endpoints go with it", async (t) => {
  const stage = startServices(t, podOf("a"), podOf("b"), serviceOf("web", "ports: [{port: 80}]"));
  const [first, second] = stage.pods();
  assert.ok(first && second);
  stage.report(first, running);
  stage.report(second, { ...running, podIP: "10.244.1.6" });
  await settle();
  const [slice] = stage.slices("web");
  stage.api.delete(keyOf(stage.api, first));
  stage.api.modify(keyOf(stage.api, second), (old) => ({ ...old, metadata: { ...old.metadata, labels: {} } }));
  await settle();
  assert.deepEqual(stage.route("web")?.ports, [{ port: 80, endpoints: [] }]);
  assert.equal(stage.slices("web")[0]?.metadata.name, slice?.metadata.name);
  assert.deepEqual(field(stage.slices("web")[0], "endpoints", "0", "conditions"), { ready: false, serving: true, terminating: true });
  const service = stage.find("v1", "Service", "web");
  assert.ok(service);
  stage.api.delete(keyOf(stage.api, service));
  await settle();
  assert.equal(stage.find("v1", "Endpoints", "web"), undefined);
  assert.equal(stage.route("web"), undefined);
});
