import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveName } from "../../../../embedded/nodes/network/cluster-dns.ts";

const endpoints = [
  { address: "10.244.1.2", port: 80 },
  { address: "10.244.2.2", port: 80 },
];
const zone = {
  domain: "cluster.local",
  services: [
    { namespace: "default", name: "kubernetes", clusterIPs: ["10.96.0.1"], ports: [] },
    { namespace: "shop", name: "web", clusterIPs: ["10.96.1.1", "fd00::1"], ports: [{ port: 80, endpoints }] },
    {
      namespace: "shop",
      name: "db",
      clusterIPs: [],
      ports: [
        { port: 1, endpoints },
        { port: 2, endpoints },
      ],
    },
    { namespace: "shop", name: "nobody", clusterIPs: [], ports: [] },
  ],
};

test("names are found as from a pod of the namespace", () => {
  const cases = [
    ["kubernetes.default", "shop", ["10.96.0.1"]],
    ["kubernetes.default.svc", "shop", ["10.96.0.1"]],
    ["kubernetes.default.svc.cluster.local", "shop", ["10.96.0.1"]],
    ["kubernetes.default.svc.cluster.local.", "shop", ["10.96.0.1"]],
    ["Kubernetes.Default.SVC", "shop", ["10.96.0.1"]],
    ["kubernetes", "default", ["10.96.0.1"]],
    ["kubernetes", "shop", []],
    ["kubernetes.default.svc.", "shop", []],
    ["web", "shop", ["10.96.1.1", "fd00::1"]],
    ["db", "shop", ["10.244.1.2", "10.244.2.2"]],
    ["nobody.shop", "default", []],
    ["pod.web.shop.svc.cluster.local", "shop", []],
    ["example.org", "shop", []],
    ["", "shop", []],
    [".", "shop", []],
  ] as const;
  for (const [name, namespace, expected] of cases) assert.deepEqual(resolveName(name, namespace, zone), expected, name);
});
