import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../../core/contract/json.ts";
import { objectOf, openRegistry, refusalOf } from "../open-registry.ts";

function openServices() {
  const { api, typeOf, keyOf } = openRegistry();
  const create = (name: string, spec: JsonObject): JsonObject =>
    specOf(api.create(typeOf("services"), objectOf(name, { spec: { type: "ClusterIP", ...spec } })));
  const update = (name: string, spec: JsonObject): JsonObject =>
    specOf(api.update(keyOf("services", name), objectOf(name, { spec: { type: "ClusterIP", ...spec } })));
  return { create, update };
}

const specOf = (object: JsonObject): JsonObject => (object["spec"] ?? {}) as JsonObject;
const web: JsonObject = { ports: [{ port: 80, protocol: "TCP" }], selector: { app: "web" } };

test("a Service is given an address of the service network, of its own", () => {
  const { create } = openServices();
  const specs = Array.from({ length: 40 }, (_, index) => create(`s${index}`, web));
  for (const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } of specs) {
    assert.match(String(clusterIP), /^10\.(?:9[6-9]|10\d|11[01])\.\d+\.\d+$/);
    assert.deepEqual([clusterIPs, ipFamilies, ipFamilyPolicy], [[clusterIP], ["IPv4"], "SingleStack"]);
  }
  assert.equal(new Set(specs.map(({ clusterIP }) => clusterIP)).size, 40);
});

const families: readonly (readonly [what: string, spec: JsonObject, expected: JsonObject])[] = [
  ["that prefers two", { ...web, ipFamilyPolicy: "PreferDualStack" }, { ipFamilies: ["IPv4"], ipFamilyPolicy: "PreferDualStack" }],
  ["without an address", { ...web, clusterIP: "None" }, { clusterIP: "None", clusterIPs: ["None"], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" }],
  [
    "without address and selector",
    { ports: [], clusterIP: "None" },
    { clusterIPs: ["None"], ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "RequireDualStack" },
  ],
  ["that is another name", { type: "ExternalName", externalName: "a.b" }, { clusterIP: undefined, ipFamilies: undefined, ipFamilyPolicy: undefined }],
  ["with an address that it names", { ...web, clusterIP: "10.96.0.10" }, { clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10"] }],
];

for (const [what, spec, expected] of families)
  test(`a Service ${what} has ${JSON.stringify(expected)}`, () => {
    const created = openServices().create("s", spec);
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(created[key], value, key);
  });

/** As Kubernetes 1.36 answered. */
const refused: readonly (readonly [spec: JsonObject, cause: string])[] = [
  [{ ...web, clusterIP: "10.96.0.10" }, 'spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated'],
  [
    { ...web, clusterIP: "1.2.3.4" },
    'spec.clusterIPs: Invalid value: ["1.2.3.4"]: failed to allocate IP 1.2.3.4: the provided network does not match the current range',
  ],
  [
    { ...web, ipFamilyPolicy: "RequireDualStack" },
    'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
  ],
  [{ ...web, ipFamilies: ["IPv6"] }, 'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
  [{ type: "NodePort", ports: [{ port: 80, nodePort: 30123 }] }, "spec.ports[0].nodePort: Invalid value: 30123: provided port is already allocated"],
  [
    { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] },
    "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
  ],
];

for (const [spec, cause] of refused)
  test(`a Service is refused with ${cause}`, () => {
    const { create } = openServices();
    create("dns", { ...web, clusterIP: "10.96.0.10", type: "NodePort", ports: [{ port: 53, nodePort: 30123 }] });
    const refusal = refusalOf(() => create("s", spec));
    assert.deepEqual([refusal.code, refusal.message], [422, `Service "s" is invalid: ${cause}`]);
  });

test("an update keeps what was handed out", () => {
  const { create, update } = openServices();
  const { clusterIP } = create("s", web);
  assert.equal(update("s", { ...web, ports: [{ port: 81, protocol: "TCP" }] })["clusterIP"], clusterIP);
});

test("node ports come and go with the type, and addresses with the name of another", () => {
  const { create, update } = openServices();
  const { clusterIP } = create("s", web);
  const [port] = update("s", { ...web, type: "NodePort", externalTrafficPolicy: "Cluster" })["ports"] as readonly { readonly nodePort: number }[];
  assert.ok(port !== undefined && port.nodePort >= 30_000 && port.nodePort <= 32_767);
  assert.deepEqual(update("s", { ...web, type: "NodePort" })["ports"], [port]);
  const back = update("s", { ...web, ports: [{ ...port }], externalTrafficPolicy: "Cluster" });
  assert.deepEqual([back["ports"], back["externalTrafficPolicy"], back["clusterIP"]], [web["ports"], undefined, clusterIP]);
  assert.equal(update("s", { ...web, ...back, type: "ExternalName", externalName: "a.b" })["clusterIP"], undefined);
  assert.match(String(update("s", web)["clusterIP"]), /^10\./);
});
