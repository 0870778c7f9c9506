import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { connect } from "../../core/cluster/connect.ts";
import { snapshotFile, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { snapshotDefaults } from "../../core/contract/snapshot-defaults.ts";
import { field, list, text as textOf } from "../../core/kubernetes/field.ts";
import { readSnapshot } from "../../core/snapshot/read-snapshot.ts";
import type { Snapshot } from "../../core/snapshot/snapshot-input.ts";
import { memoryWriter } from "../core/snapshot/memory-writer.ts";
import { isEmbedded, needsKernel, runToEnd, usePlace } from "./asdic.ts";

const signal = AbortSignal.timeout(300_000);
const [here, going] = ["e2e-snapshot-here", "e2e-snapshot-going"];
const group = "e2e-snapshot.asdic.dev";

const version = (name: string, isStored: boolean): object => ({
  name,
  served: true,
  storage: isStored,
  schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
});
type Custom = {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly scope: "Namespaced" | "Cluster";
  readonly versions: readonly object[];
};
const customs: readonly Custom[] = [
  { group, plural: "widgets", kind: "Widget", scope: "Namespaced", versions: [version("v1", true), version("v1beta1", false)] },
  { group, plural: "gadgets", kind: "Gadget", scope: "Cluster", versions: [version("v1alpha1", true)] },
  { group: `other.${group}`, plural: "services", kind: "Service", scope: "Namespaced", versions: [version("v2", true)] },
];
const unknown = '"spec":{"count":9007199254740993,"deep":{"list":[{"x":null},1.5e300,"\\u00fc\\u2028 ]}"]}}';

describe("a snapshot of a cluster with kinds of its own", needsKernel("the embedded cluster serves no custom kinds"), () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await connect({ environment: process.env });
    await clean();
    for (const name of [here, going]) await cluster.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    for (const custom of customs) await define(custom);
    for (let index = 0; index < 20; index++)
      await cluster.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: `map-${index}`, namespace: going } });
    await post(`/apis/${group}/v1/namespaces/${here}/widgets`, `{"apiVersion":"${group}/v1","kind":"Widget","metadata":{"name":"a"},${unknown}}`);
    await post(`/apis/${group}/v1alpha1/gadgets`, `{"apiVersion":"${group}/v1alpha1","kind":"Gadget","metadata":{"name":"g"},${unknown}}`);
    await post(`/apis/other.${group}/v2/namespaces/${here}/services`, `{"apiVersion":"other.${group}/v2","kind":"Service","metadata":{"name":"s"},${unknown}}`);
    await cluster.create({ apiVersion: "v1", kind: "Service", metadata: { name: "s", namespace: here }, spec: { ports: [{ port: 80 }] } });
    await cluster.create({ apiVersion: "v1", kind: "Secret", metadata: { name: "secret", namespace: here }, stringData: { password: "e2e-very-secret" } });
  });
  after(() => clean());

  async function clean(): Promise<void> {
    for (const name of [here, going]) await cluster.delete({ apiVersion: "v1", kind: "Namespace", name });
    for (const custom of customs) await cluster.delete(definition(custom));
    for (const path of [`/api/v1/namespaces/${here}`, `/api/v1/namespaces/${going}`, ...customs.map(definitionPath)])
      while ((await fetchText(path)).status !== 404) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const definition = ({ plural, group: own }: Custom) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: `${plural}.${own}`,
  });
  const definitionPath = (custom: Custom): string => `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition(custom).name}`;
  async function define(custom: Custom): Promise<void> {
    const { group: own, plural, kind, scope, versions } = custom;
    const { name, ...type } = definition(custom);
    await cluster.create({
      ...type,
      metadata: { name },
      spec: { group: own, scope, names: { plural, singular: plural.slice(0, -1), kind, listKind: `${kind}List` }, versions: [...versions] },
    } as never);
    const path = `/apis/${own}/${textOf(field(versions[0], "name"))}/${plural}`;
    while ((await fetchText(path)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  async function fetchText(path: string): Promise<{ readonly status: number; readonly body: string }> {
    const answer = await cluster.fetch({ path, signal });
    return { status: answer.status, body: await text(answer.body) };
  }
  async function post(path: string, body: string): Promise<void> {
    const answer = await cluster.fetch({ method: "POST", path, body, headers: { "content-type": "application/json" }, signal });
    assert.equal(answer.status, 201, await text(answer.body));
  }
  type Taken = Snapshot & ReturnType<typeof memoryWriter>;
  const options = { ...snapshotDefaults, kubelets: false, logs: undefined };
  const take = async (): Promise<Taken> => {
    const memory = memoryWriter();
    return { ...(await readSnapshot(cluster, { options, writer: memory.writer, redaction: undefined, signal })), ...memory };
  };
  const idOf = (item: unknown): string => `${textOf(field(item, "metadata", "namespace"))}/${textOf(field(item, "metadata", "name"))}`;

  it("is object for object what the server gives, to the letter of every unknown field", async () => {
    const taken = await take();
    assert.deepEqual(taken.coverage.failures, []);
    const kinds = taken.json("meta/kinds.json") as readonly SnapshotKind[];
    let compared = 0;
    for (const kind of kinds.filter(({ kind: name, group: own }) => name !== "Secret" && own !== "events.k8s.io")) {
      const apiVersion = kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
      const answer = await fetchText(`${kind.group === "" ? "/api" : "/apis"}/${apiVersion}/${kind.plural}`);
      const file = `/${snapshotFile(kind)}.json`;
      const names = [...taken.files.keys()].filter((name) => name.startsWith("resources/") && name.endsWith(file));
      const got = new Map(names.flatMap((name) => list(field(taken.json(name), "items"))).map((item) => [idOf(item), item]));
      for (const item of list(field(JSON.parse(answer.body), "items"))) {
        const found = got.get(idOf(item));
        // What has changed since is another object.
        if (found === undefined || field(found, "metadata", "resourceVersion") !== field(item, "metadata", "resourceVersion")) continue;
        compared++;
        const { managedFields: _, ...metadata } = Object(field(item, "metadata"));
        assert.deepEqual(found, { apiVersion, kind: kind.kind, ...Object(item), metadata }, `${file} ${idOf(item)}`);
      }
    }
    assert.ok(compared > 100, String(compared));
    const widgets = taken.files.get(`resources/ns/${here}/${group}_v1_widgets.json`) ?? "";
    assert.match(widgets, /"count":9007199254740993\b/);
    assert.equal(
      [...taken.files.keys()].some((name) => name.includes("v1beta1_widgets")),
      false,
    );
    assert.match(taken.files.get(`resources/cluster/${group}_v1alpha1_gadgets.json`) ?? "", /"count":9007199254740993\b/);
    assert.match(taken.files.get(`resources/ns/${here}/core_v1_services.json`) ?? "", /"port":80/);
    assert.match(taken.files.get(`resources/ns/${here}/other.${group}_v2_services.json`) ?? "", /9007199254740993/);
    for (const [name, content] of taken.files) assert.doesNotMatch(content, /e2e-very-secret|ZTJlLXZlcnktc2VjcmV0/, name);
  });

  it("is whole while a namespace goes away and a kind with it", async () => {
    const [widgets] = customs;
    assert.ok(widgets);
    await Promise.all([cluster.delete({ apiVersion: "v1", kind: "Namespace", name: going }), cluster.delete(definition(widgets))]);
    const taken = await take();
    assert.deepEqual(
      taken.coverage.failures.filter(({ resource }) => !resource.includes(group)),
      [],
    );
    for (const [name, content] of taken.files) if (name.endsWith(".json")) JSON.parse(content);
  });
});

describe("run --snapshot", () => {
  const place = usePlace("snapshot");
  it("puts the whole cluster into the tarball, as it was before and after, and says that it is redacted", async () => {
    const { files } = await runToEnd(place, ["-p", "smoke", "--snapshot=both", "--snapshot-kubelets"]);
    assert.deepEqual(field(JSON.parse(String(files.get("meta/manifest.json"))), "snapshot"), { when: "both", redacted: true });
    for (const moment of ["", "before/"]) {
      const { failures } = JSON.parse(String(files.get(`${moment}meta/snapshot.json`))) as { readonly failures: readonly { readonly resource: string }[] };
      assert.deepEqual(
        failures.filter(({ resource }) => !(isEmbedded && resource === "/metrics")),
        [],
      );
      assert.ok(files.has(`${moment}resources/cluster/rbac.authorization.k8s.io_v1_clusterroles.json`));
      assert.ok([...files.keys()].some((name) => name.startsWith(`${moment}hosts/`) && name.endsWith("/stats.json")));
      assert.ok([...files.keys()].some((name) => name.startsWith(`${moment}podlogs/kube-system/`)));
    }
    assert.equal(
      [...files.keys()].some((name) => name.includes("_secrets.")),
      false,
    );
  });
});
