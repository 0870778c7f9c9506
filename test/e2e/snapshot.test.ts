import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { connect } from "../../core/cluster/connect.ts";
import type { SnapshotCoverage } from "../../core/contract/snapshot-coverage.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { snapshotFile, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { snapshotDefaults } from "../../core/contract/snapshot-defaults.ts";
import { field, list, text as textOf } from "../../core/kubernetes/field.ts";
import { readSnapshot } from "../../core/snapshot/read-snapshot.ts";
import type { Snapshot } from "../../core/snapshot/snapshot-input.ts";
import { customs, group, late, type Custom } from "./custom-kinds.ts";
import { memoryWriter } from "../core/snapshot/memory-writer.ts";
import { asdic, isEmbedded, needsKernel, readTarball, runToEnd, usePlace } from "./asdic.ts";

const signal = AbortSignal.timeout(300_000);
const [here, going] = ["e2e-snapshot-here", "e2e-snapshot-going"];
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
    for (const custom of [...customs, late]) await cluster.delete(definition(custom));
    for (const path of [`/api/v1/namespaces/${here}`, `/api/v1/namespaces/${going}`, ...[...customs, late].map(definitionPath)])
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

  const apiVersionOf = ({ group: own, version: served }: SnapshotKind): string => (own === "" ? served : `${own}/${served}`);
  const stateOf = (item: unknown): string => `${idOf(item)} ${textOf(field(item, "metadata", "resourceVersion"))}`;
  /** All objects of all kinds that a snapshot holds, by file, as the server lists them now. */
  const listAll = async (): Promise<ReadonlyMap<SnapshotKind, readonly unknown[]>> => {
    const kinds = (await take()).json("meta/kinds.json") as readonly SnapshotKind[];
    const listed = kinds
      .filter(({ kind, group: own }) => kind !== "Secret" && own !== "events.k8s.io")
      .map(async (kind): Promise<[SnapshotKind, readonly unknown[]]> => {
        const { body } = await fetchText(`${kind.group === "" ? "/api" : "/apis"}/${apiVersionOf(kind)}/${kind.plural}`);
        return [kind, list(field(JSON.parse(body), "items"))];
      });
    return new Map(await Promise.all(listed));
  };

  it("is object for object what the server gives, to the letter of every unknown field", async () => {
    const beforehand = await listAll();
    const taken = await take();
    const states = new Set([...(await listAll())].flatMap(([kind, items]) => items.map((item) => `${snapshotFile(kind)} ${stateOf(item)}`)));
    assert.deepEqual(taken.coverage.failures, []);
    let compared = 0;
    for (const [kind, items] of beforehand) {
      const file = `/${snapshotFile(kind)}.json`;
      const names = [...taken.files.keys()].filter((name) => name.startsWith("resources/") && name.endsWith(file));
      const got = names.flatMap((name) => list(field(taken.json(name), "items")));
      assert.equal(new Set(got.map(idOf)).size, got.length, `${file} holds each object once`);
      // What was the same before and after was so in between.
      for (const item of items.filter((each) => states.has(`${snapshotFile(kind)} ${stateOf(each)}`))) {
        compared++;
        const { managedFields: _, ...metadata } = Object(field(item, "metadata"));
        const found = got.find((each) => idOf(each) === idOf(item));
        assert.deepEqual(found, { apiVersion: apiVersionOf(kind), kind: kind.kind, ...Object(item), metadata }, `${file} ${idOf(item)}`);
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

  it("is whole while a kind appears and another goes away, of which the next one knows", async () => {
    const [, gadgets] = customs;
    assert.ok(gadgets);
    const [taken] = await Promise.all([take(), define(late), cluster.delete(definition(gadgets))]);
    const foreign = ({ coverage }: Taken) => coverage.failures.filter(({ resource }) => !resource.includes(group));
    assert.deepEqual(foreign(taken), []);
    await post(`/apis/${late.group}/v1/latecomers`, `{"apiVersion":"${late.group}/v1","kind":"Latecomer","metadata":{"name":"l"},${unknown}}`);
    while ((await fetchText(definitionPath(gadgets))).status !== 404) await new Promise((resolve) => setTimeout(resolve, 200));
    const next = await take();
    assert.deepEqual(foreign(next), []);
    assert.match(next.files.get(`resources/cluster/${late.group}_v1_latecomers.json`) ?? "", /"count":9007199254740993\b/);
    assert.equal(next.files.has(`resources/cluster/${group}_v1alpha1_gadgets.json`), false);
  });
});

describe("asdic snapshot by somebody with few rights", () => {
  const place = usePlace("snapshot-rights");
  const [open, closed, user] = [place.namespace, `${place.namespace}-closed`, "e2e-snapshot-jane"];
  const rbac = { apiVersion: "rbac.authorization.k8s.io/v1" };
  const bind = (kind: string, roleRef: string, own: object): object => ({
    ...rbac,
    kind,
    metadata: own,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: roleRef, name: user },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
  });
  const objects = [
    ...[open, closed].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...[open, closed].map((namespace) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "here", namespace } })),
    { ...rbac, kind: "Role", metadata: { name: user, namespace: open }, rules: [{ apiGroups: [""], resources: ["configmaps", "pods"], verbs: ["list"] }] },
    bind("RoleBinding", "Role", { name: user, namespace: open }),
  ];
  const names = [
    { ...rbac, kind: "ClusterRole", metadata: { name: user }, rules: [{ apiGroups: [""], resources: ["namespaces"], verbs: ["list"] }] },
    bind("ClusterRoleBinding", "ClusterRole", { name: user }),
  ];
  let cluster: Cluster;
  const clean = async (): Promise<void> => {
    await cluster.delete({ ...rbac, kind: "ClusterRoleBinding", name: user });
    await cluster.delete({ ...rbac, kind: "ClusterRole", name: user });
    for (const name of [open, closed]) await cluster.delete({ apiVersion: "v1", kind: "Namespace", name });
    for (const name of [open, closed])
      while ((await cluster.find({ apiVersion: "v1", kind: "Namespace", name })) !== undefined) await new Promise((resolve) => setTimeout(resolve, 500));
  };
  before(async () => {
    cluster = await connect({ environment: process.env });
    await clean();
    for (const object of objects) await cluster.create(object as KubernetesObject);
  });
  after(() => clean());
  const takeAs = async (args: readonly string[]) => {
    const run = await asdic(["snapshot", "-o", place.tarball, "--as", user, ...args], place.folder);
    assert.equal(run.code, 0, run.stderr);
    const tarball = await readTarball(place.tarball);
    const { failures } = JSON.parse(String(tarball.get("meta/snapshot.json"))) as SnapshotCoverage;
    const files = [...tarball.keys()].filter((name) => name.startsWith("resources/ns/"));
    const refused = failures.map(({ verb, resource, namespace, code }) => [verb, resource, namespace, code].filter((part) => part !== "").join(" "));
    return { run, folders: [...new Set(files.map((name) => name.split("/")[2]))], files, refused };
  };

  it("ends well with rights in one namespace, which it must be told, and lists what it could not see", async () => {
    const { run, files, folders, refused } = await takeAs(["--namespaces", `${open},${closed}`]);
    assert.deepEqual(folders, [open]);
    assert.ok(files.includes(`resources/ns/${open}/core_v1_configmaps.json`), files.join());
    for (const what of ["list nodes 403", `list pods ${closed} 403`, `list services ${open} 403`]) assert.ok(refused.includes(what), refused.join("\n"));
    assert.ok(!refused.includes(`list configmaps ${open} 403`));
    assert.match(run.stderr, new RegExp(`^ {2}list .* and \\d+ more in ${closed}: Forbidden: `, "m"));
  });

  it("finds the namespace that is open to it among those that are not", async () => {
    for (const object of names) await cluster.create(object as KubernetesObject);
    const { folders, files, refused } = await takeAs([]);
    assert.deepEqual(folders, [open]);
    assert.ok(files.includes(`resources/ns/${open}/core_v1_configmaps.json`), files.join());
    assert.ok(refused.includes("list pods 403"), refused.join("\n"));
  });
});

describe("run --snapshot", () => {
  const place = usePlace("snapshot");
  it("puts the whole cluster into the tarball, as it was before and after, and says that it is redacted", async () => {
    const { files } = await runToEnd(place, ["-p", "smoke", "--snapshot=both", "--snapshot-kubelets=proxy"]);
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
