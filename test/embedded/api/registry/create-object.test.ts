import assert from "node:assert/strict";
import { test } from "node:test";
import type { Admission } from "../../../../embedded/api/registry/api.ts";
import { forbidden } from "../../../../embedded/api/status-error.ts";
import { objectOf, openRegistry, refusalOf } from "./open-registry.ts";

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

test("the server writes what only it may write", () => {
  const { api, typeOf } = openRegistry();
  const given = {
    uid: "mine",
    creationTimestamp: "2001-01-01T00:00:00Z",
    selfLink: "/x",
    deletionTimestamp: "2001-01-01T00:00:00Z",
    deletionGracePeriodSeconds: 4,
  };
  const { metadata, apiVersion, kind } = api.create(typeOf("deployments"), objectOf("web", { spec: {}, status: { replicas: 8 } }, given));
  const { uid = "", resourceVersion, ...rest } = metadata;
  assert.match(uid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(resourceVersion, String(api.store.revision()));
  assert.deepEqual(rest, { name: "web", namespace: "shop", creationTimestamp: "2026-05-04T08:30:00Z", generation: 1 });
  assert.deepEqual([apiVersion, kind], ["apps/v1", "Deployment"]);
});

const statuses: readonly (readonly [plural: string, spec: object, status: object | undefined])[] = [
  ["deployments", {}, {}],
  ["replicasets", {}, { replicas: 0 }],
  ["poddisruptionbudgets", {}, { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }],
  ["persistentvolumeclaims", {}, { phase: "Pending" }],
  ["namespaces", {}, { phase: "Active" }],
  ["pods", { containers: [{ name: "c" }] }, { phase: "Pending", qosClass: "BestEffort" }],
  ["nodes", {}, { written: true }],
  ["configmaps", {}, { written: true }],
];

for (const [plural, spec, status] of statuses)
  test(`a new object among ${plural} has the status ${JSON.stringify(status)}`, () => {
    const { api, typeOf } = openRegistry();
    assert.deepEqual(api.create(typeOf(plural), objectOf("web", { spec, status: { written: true } }))["status"], status);
  });

test("generateName is completed by five characters of the real alphabet, and cut where it is too long", () => {
  const { api, typeOf } = openRegistry();
  const create = (generateName: string): string => api.create(typeOf("configmaps"), objectOf("", {}, { generateName })).metadata.name;
  assert.match(create("web-"), /^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  assert.match(create("a".repeat(80)), /^a{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

/** As Kubernetes 1.36 answered. */
const refused: readonly (readonly [why: string, plural: string, metadata: object, message: string, code: number])[] = [
  ["a name in capitals", "configmaps", { name: "A_b" }, `ConfigMap "A_b" is invalid: metadata.name: Invalid value: "A_b": ${subdomain}`, 422],
  ["no name", "configmaps", { name: "" }, 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required', 422],
  [
    "a long name of a Service",
    "services",
    { name: "a".repeat(64) },
    `Service "${"a".repeat(64)}" is invalid: metadata.name: Invalid value: "${"a".repeat(64)}": must be no more than 63 characters`,
    422,
  ],
  [
    "a role's name with a slash",
    "roles",
    { name: "a/b" },
    'Role.rbac.authorization.k8s.io "a/b" is invalid: metadata.name: Invalid value: "a/b": may not contain \'/\'',
    422,
  ],
  ["a resourceVersion", "configmaps", { name: "x", resourceVersion: "5" }, "resourceVersion should not be set on objects to be created", 500],
  ["no namespace", "configmaps", { name: "x", namespace: "" }, "the namespace of the provided object does not match the namespace sent on the request", 400],
  [
    "a finalizer without a domain",
    "configmaps",
    { name: "x", finalizers: ["bad"] },
    'ConfigMap "x" is invalid: metadata.finalizers[0]: Invalid value: "bad": name is neither a standard finalizer name nor is it fully qualified',
    422,
  ],
  [
    "owners without a uid",
    "configmaps",
    { name: "x", ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "y", uid: "" }] },
    'ConfigMap "x" is invalid: metadata.ownerReferences.uid: Invalid value: "": must not be empty',
    422,
  ],
];

for (const [why, plural, metadata, message, code] of refused)
  test(`a new object is refused for ${why}`, () => {
    const { api, typeOf } = openRegistry();
    const refusal = refusalOf(() => api.create(typeOf(plural), objectOf("x", {}, metadata)));
    assert.deepEqual([refusal.code, refusal.message], [code, message]);
  });

test("all wrong labels are named together", () => {
  const { api, typeOf } = openRegistry();
  const { message, details } = refusalOf(() => api.create(typeOf("configmaps"), objectOf("x", {}, { labels: { "a b": "c d" }, annotations: { "x y": "z" } })));
  assert.match(
    message,
    /^ConfigMap "x" is invalid: \[metadata\.labels: Invalid value: "a b": name part .*, metadata\.labels: Invalid value: "c d": .*, metadata\.annotations: /,
  );
  assert.equal((details as { causes: object[] }).causes.length, 3);
});

test("a name is given once in a namespace", () => {
  const { api, typeOf } = openRegistry();
  api.create(typeOf("jobs"), objectOf("x"));
  api.create(typeOf("jobs"), objectOf("x", {}, { namespace: "other" }));
  assert.deepEqual(
    refusalOf(() => api.create(typeOf("jobs"), objectOf("x"))),
    { code: 409, reason: "AlreadyExists", message: 'jobs.batch "x" already exists', details: { name: "x", group: "batch", kind: "jobs" } },
  );
});

test("a dry run says what would be stored, and stores nothing", () => {
  const { api, typeOf, keyOf } = openRegistry();
  const before = api.store.revision();
  const object = api.create(typeOf("configmaps"), objectOf("x"), { dryRun: true });
  assert.equal(object.metadata.resourceVersion, undefined);
  assert.ok(object.metadata.uid);
  assert.equal(api.store.revision(), before);
  assert.equal(api.find(keyOf("configmaps", "x")), undefined);
});

test("fields that the type does not know are told, or refused where that was asked for", () => {
  const { api, typeOf } = openRegistry();
  const warnings: string[] = [];
  api.create(typeOf("configmaps"), objectOf("x", { unknown: 1 }), { warn: (text) => warnings.push(text) });
  assert.deepEqual(warnings, ['unknown field "unknown"']);
  const refusal = refusalOf(() => api.create(typeOf("configmaps"), objectOf("y", { unknown: 1 }), { fieldValidation: "Strict" }));
  assert.deepEqual(
    [refusal.code, refusal.message],
    [400, 'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "unknown"'],
  );
});

test("admissions see the object in turn, change it, and refuse it for the user who asks", () => {
  const seen: string[] = [];
  const label: Admission = ({ object, operation, namespace, name }) => {
    seen.push(`${operation} ${namespace}/${name}`);
    return operation === "DELETE" ? object : { ...object, metadata: { ...object.metadata, labels: { seen: "yes" } } };
  };
  const deny: Admission = ({ object, user, type, name }) => {
    if (user.name === "eve") throw forbidden(type, name, object.metadata.labels?.["seen"] ?? "no");
    return object;
  };
  const { api, typeOf, keyOf } = openRegistry([label, deny]);
  assert.deepEqual(api.create(typeOf("configmaps"), objectOf("x")).metadata.labels, { seen: "yes" });
  const { message } = refusalOf(() => api.create(typeOf("configmaps"), objectOf("y"), { user: { name: "eve", groups: [] } }));
  assert.equal(message, 'configmaps "y" is forbidden: yes');
  api.delete(keyOf("configmaps", "x"));
  assert.deepEqual(seen, ["CREATE shop/x", "CREATE shop/y", "DELETE shop/x"]);
});
