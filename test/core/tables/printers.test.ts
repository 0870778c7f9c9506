import assert from "node:assert/strict";
import { test } from "node:test";
import { findPrinter } from "../../../core/tables/find-printer.ts";
import { printers } from "../../../core/tables/printers.ts";

const now = new Date("2026-11-21T10:00:00Z");
const metadata = { name: "x", creationTimestamp: "2026-11-21T09:00:00Z" };

test("kinds that the embedded cluster does not serve have the cells that the real server's printers give", () => {
  const conditions = [{ type: "Approved", status: "True" }];
  const cases: readonly (readonly [string, string, object, readonly unknown[]])[] = [
    ["certificates.k8s.io", "CertificateSigningRequest", { spec: { username: "u", expirationSeconds: 3600 } }, ["x", "60m", "<none>", "u", "60m", "Pending"]],
    [
      "certificates.k8s.io",
      "CertificateSigningRequest",
      { spec: { signerName: "s", username: "u" }, status: { conditions, certificate: "abc" } },
      ["x", "60m", "s", "u", "<none>", "Approved,Issued"],
    ],
    [
      "storage.k8s.io",
      "CSIDriver",
      { spec: { volumeLifecycleModes: ["Persistent", "Ephemeral"] } },
      ["x", true, false, false, "<unset>", false, "Persistent,Ephemeral", "60m"],
    ],
    [
      "storage.k8s.io",
      "VolumeAttachment",
      { spec: { attacher: "a", nodeName: "n", source: { persistentVolumeName: "pv" } }, status: { attached: true } },
      ["x", "a", "pv", "n", true, "60m"],
    ],
    ["networking.k8s.io", "IngressClass", { spec: { controller: "c", parameters: { apiGroup: "g", kind: "K", name: "n" } } }, ["x", "c", "K.g/n", "60m"]],
    ["admissionregistration.k8s.io", "ValidatingAdmissionPolicy", { spec: { validations: [{}, {}] } }, ["x", 2, "<unset>", "60m"]],
    ["admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding", { spec: { policyName: "p", paramRef: { name: "n" } } }, ["x", "p", "*/n", "60m"]],
    [
      "apps",
      "ControllerRevision",
      { revision: 3, metadata: { ...metadata, ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "d", controller: true }] } },
      ["x", "daemonset.apps/d", 3, "60m"],
    ],
    ["", "ComponentStatus", { conditions: [{ type: "Healthy", status: "False", error: "e" }] }, ["x", "Unhealthy", "", "e"]],
  ];
  for (const [group, kind, object, cells] of cases) assert.deepEqual(findPrinter({ group, kind }).cells({ metadata, ...object }, now), cells, kind);
});

test("an object that is nothing like its kind has cells all the same", () => {
  const wrong = [null, 7, "text", true, [], [null], {}, { items: 1 }];
  const parts = ["spec", "status", "data", "subsets", "conditions", "roleRef", "subjects", "webhooks", "ports", "endpoints", "series", "involvedObject"];
  for (const [name, printer] of printers)
    for (const value of wrong) {
      const object = { metadata: { name: "x" }, ...Object.fromEntries(parts.map((part) => [part, value])) };
      assert.equal(printer.cells(object, now).length, printer.columns.length, `${name} ${JSON.stringify(value)}`);
      for (const part of ["labels", "annotations", "ownerReferences", "creationTimestamp", "deletionTimestamp"])
        printer.cells({ metadata: { name: "x", [part]: value } }, now);
    }
});

test("lists inside of specs and statuses may hold anything", () => {
  const keys = [
    "containers",
    "initContainers",
    "conditions",
    "containerStatuses",
    "initContainerStatuses",
    "ports",
    "rules",
    "metrics",
    "addresses",
    "taints",
    "podIPs",
    "readinessGates",
    "accessModes",
    "externalIPs",
    "clusterIPs",
    "template",
    "selector",
    "hard",
    "used",
    "capacity",
    "claimRef",
    "loadBalancer",
    "minAvailable",
  ];
  for (const [name, printer] of printers)
    for (const value of [null, 7, "text", [null, 7, "text", [], {}], { matchLabels: 7, matchExpressions: [7, null] }]) {
      const part = Object.fromEntries(keys.map((key) => [key, value]));
      assert.doesNotThrow(() => printer.cells({ metadata: { name: "x" }, spec: part, status: part }, now), `${name} ${JSON.stringify(value)}`);
    }
});
