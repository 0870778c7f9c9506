import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Cluster } from "../../../core/cluster/cluster.ts";
import { connect } from "../../../core/cluster/connect.ts";
import { snapshotDefaults } from "../../../core/contract/snapshot-defaults.ts";
import type { LogOptions, SnapshotOptions } from "../../../core/contract/snapshot-options.ts";
import { folderWriter } from "../../../core/snapshot/folder-writer.ts";
import { readSnapshot } from "../../../core/snapshot/read-snapshot.ts";
import type { Snapshot, SnapshotInput } from "../../../core/snapshot/snapshot-input.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import type { FileTally } from "../../../core/redaction/redaction-report.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { startStage, type Stage } from "../../faults/stage.ts";
import { memoryWriter } from "./memory-writer.ts";

const nodes = ["node-1", "node-2", "node-3"];
const running = { phase: "Running" };
const pod = (namespace: string, name: string, node: string): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace, annotations: { "embedded.asdic.dev/logs.c": `said by ${name}\n` } },
  spec: { nodeName: node, containers: [{ name: "c", image: "busybox" }] },
  status: running,
});
const shown = (kind: string, name: string, namespace: string): object => ({ apiVersion: "v1", kind, metadata: { name, namespace } });
const maps = Array.from({ length: 30 }, (_, index) => shown("ConfigMap", `map-${String(index).padStart(2, "0")}`, index % 2 === 0 ? "blue" : "red"));

const world = [
  ...nodes.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })),
  ...["blue", "red"].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
  ...nodes.map((node) => pod("kube-system", `on-${node}`, node)),
  pod("blue", "quiet", "node-1"),
  {
    ...pod("red", "talkative", "node-1"),
    metadata: { name: "talkative", namespace: "red", annotations: { "embedded.asdic.dev/logs.c": "login with password=hunter2-Zq81mmX0\n" } },
  },
  ...maps,
  { ...shown("Secret", "password", "blue"), stringData: { password: "very-secret" } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name: "reader", namespace: "blue" },
    rules: [{ apiGroups: [""], resources: ["pods", "configmaps"], verbs: ["list"] }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "reader", namespace: "blue" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "jane" }],
  },
];

describe("a snapshot of an embedded cluster", () => {
  let stage: Stage;
  let cluster: Cluster;
  const open = (as?: string): Promise<Cluster> => connect({ environment: {}, kubeconfig: join(stage.folder, "kubeconfig"), as });
  before(async () => {
    stage = await startStage(world);
    cluster = await open();
    await cluster.get({ apiVersion: "v1", kind: "Pod", namespace: "kube-system", name: "on-node-1" });
  });
  afterEach(() => stage.faults.api.clear());
  after(() => stage.close());

  const signal = AbortSignal.timeout(120_000);
  type Taken = Snapshot & ReturnType<typeof memoryWriter>;
  const take = async (options: Partial<SnapshotOptions> = {}, input: Partial<SnapshotInput> = {}, from = cluster): Promise<Taken> => {
    const memory = memoryWriter();
    const snapshot = await readSnapshot(from, { options: { ...snapshotDefaults, ...options }, writer: memory.writer, redaction: undefined, signal, ...input });
    return { ...snapshot, ...memory };
  };
  const namesIn = (taken: Taken, path: string): readonly string[] =>
    list(field(taken.json(path), "items")).map((item) => text(field(item, "metadata", "name")));
  const failures = ({ coverage }: Snapshot): readonly string[] =>
    coverage.failures.map(({ verb, resource, namespace, code }) => [verb, resource, namespace, code].filter((part) => part !== "").join(" "));
  /** The embedded server has none. */
  const usual = "get /metrics 404";
  const logsOf = (namespace: string): LogOptions | undefined =>
    snapshotDefaults.logs && { ...snapshotDefaults.logs, namespaces: { only: [namespace], except: [] } };
  const small = { server: "none", kubelets: false, logs: undefined } as const;
  const configMaps = { ...small, kinds: { only: ["configmaps"], except: [] } };

  it("holds the objects of each namespace, the server's, nodes' and pods' own words, and what it cost", async () => {
    const taken = await take();
    assert.deepEqual(failures(taken), [usual]);
    assert.deepEqual(taken.coverage.omissions, []);
    assert.deepEqual(namesIn(taken, "resources/cluster/core_v1_nodes.json"), nodes);
    assert.deepEqual(namesIn(taken, "resources/ns/blue/core_v1_pods.json"), ["quiet"]);
    assert.equal(taken.files.get("podlogs/kube-system/on-node-2/logs/c.txt"), "said by on-node-2\n");
    assert.equal(taken.files.has("podlogs/blue/quiet/logs/c.txt"), false);
    for (const node of nodes) assert.equal(taken.files.get(`hosts/${node}/healthz.json`), '{"status":200}\n');
    assert.equal(field(taken.json("hosts/node-1/configz.json"), "kubeletconfig", "kind"), "KubeletConfiguration");
    assert.equal(field(taken.json("serverversion.json"), "gitVersion"), "v1.36.3");
    assert.match(taken.files.get("server/readyz.txt") ?? "", /ok/);
    assert.deepEqual(taken.json("meta/snapshot.json"), JSON.parse(JSON.stringify(taken.coverage)));
    assert.equal(taken.coverage.logs, 3);
    assert.ok(taken.coverage.requests > 50 && taken.coverage.receivedBytes > 0);
    const bytes = [...taken.files].reduce((sum, [name, content]) => sum + (name === "meta/snapshot.json" ? 0 : Buffer.byteLength(content)), 0);
    assert.equal(taken.coverage.writtenBytes, bytes);
  });

  it("hides what people have written into objects and logs, and says so", async () => {
    const hidden: string[] = [];
    const redaction = { redactor: createRedactor(), onFile: ({ name, tally }: FileTally) => void (tally.counts.size > 0 && hidden.push(name)) };
    const taken = await take({ logs: logsOf("red") }, { redaction });
    assert.equal(taken.coverage.redacted, true);
    assert.doesNotMatch([...taken.files.values()].join(""), /hunter2/);
    assert.equal(taken.files.get("podlogs/red/talkative/logs/c.txt"), "login with password=REDACTED\n");
    assert.deepEqual(namesIn(taken, "resources/ns/blue/core_v1_pods.json"), ["quiet"]);
    assert.deepEqual(hidden.toSorted(), ["podlogs/red/talkative/logs/c.txt", "resources/ns/red/core_v1_pods.json"]);
  });

  it("is object for object what the server gives, and has nothing of Secrets", async () => {
    const taken = await take(small);
    const raw = await cluster.fetch({ path: "/api/v1/configmaps" });
    const wanted = list(field(JSON.parse(await new Response(raw.body).text()), "items")).filter((item) => field(item, "metadata", "namespace") === "blue");
    const got = list(field(taken.json("resources/ns/blue/core_v1_configmaps.json"), "items"));
    assert.deepEqual(
      got,
      wanted
        .map((item) => ({ ...Object(item), apiVersion: "v1", kind: "ConfigMap", metadata: { ...Object(field(item, "metadata")), managedFields: undefined } }))
        .map((item) => JSON.parse(JSON.stringify(item)) as unknown),
    );
    const all = [...taken.files.values()].join("");
    assert.doesNotMatch(all, /very-secret|dmVyeS1zZWNyZXQ/);
    assert.equal(
      [...taken.files.keys()].some((name) => name.includes("_secrets")),
      false,
    );
  });

  it("knows of Secrets only that they are there, where that is wanted", async () => {
    const taken = await take({ ...small, secrets: "metadata", kinds: { only: ["secrets"], except: [] } });
    assert.deepEqual(namesIn(taken, "resources/ns/blue/core_v1_secrets.json"), ["password"]);
    assert.deepEqual(Object.keys(Object(list(field(taken.json("resources/ns/blue/core_v1_secrets.json"), "items"))[0])), ["apiVersion", "kind", "metadata"]);
  });

  it("goes on where a kind is forbidden, an aggregated API is away, and a kind's list always fails: each costs only itself", async () => {
    stage.faults.api.deny("list", "services");
    stage.faults.api.breakGroup("metrics.k8s.io");
    stage.faults.api.answer({ status: 500, on: { verb: "list", resource: "endpoints" } });
    const taken = await take(small);
    const unseen = taken.coverage.failures.map(({ verb, resource, code }) => `${verb} ${resource} ${code}`);
    assert.deepEqual([...new Set(unseen)].toSorted(), ["get /apis/metrics.k8s.io/v1beta1 503", "list endpoints 500", "list services 403"]);
    assert.equal(namesIn(taken, "resources/ns/blue/core_v1_configmaps.json").length, 16);
    const query = list(taken.json("meta/query-time.json")).find((each) => field(each, "queryobj") === "core_v1_services");
    assert.deepEqual([field(query, "reason"), field(query, "code"), field(query, "verb"), field(query, "namespace")], ["Forbidden", 403, "list", ""]);
  });

  it("reads a list to its end when the server forgets the moment of its first page", async () => {
    // Objects of one kind alone, so that each page can be one.
    for (let index = 0; index < 1100; index++)
      stage.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: `account-${String(index).padStart(4, "0")}`, namespace: "red" } });
    let isFirst = true;
    const listening = stage.untilRequest(({ path, code }) => {
      if (isFirst && path.startsWith("/api/v1/serviceaccounts") && code === 200) {
        isFirst = false;
        stage.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "zz-late", namespace: "red" } });
        stage.faults.api.compact();
      }
      return path.startsWith("/api/v1/serviceaccounts") && code === 410;
    }, signal);
    const taken = await take({ ...small, kinds: { only: ["serviceaccounts"], except: [] } });
    await listening;
    assert.deepEqual(failures(taken), []);
    const names = namesIn(taken, "resources/ns/red/core_v1_serviceaccounts.json");
    assert.deepEqual(names, [...new Set(names)].toSorted());
    assert.deepEqual([names.filter((name) => name.startsWith("account-")).length, names.includes("zz-late")], [1100, true]);
  });

  it("lists what somebody with rights in one namespace sees, and what not", async () => {
    const jane = await open("jane");
    const taken = await take({ ...small, namespaces: { only: ["blue", "red"], except: [] } }, {}, jane);
    assert.deepEqual([...taken.files.keys()].filter((name) => name.startsWith("resources/")).toSorted(), [
      "resources/ns/blue/core_v1_configmaps.json",
      "resources/ns/blue/core_v1_pods.json",
    ]);
    assert.ok(failures(taken).includes("list configmaps red 403"));
    assert.ok(failures(taken).includes("list nodes 403"));
    const withoutNames = await take({ ...small, namespaces: { only: ["b*"], except: [] } }, {}, { ...jane, namespace: "blue" });
    assert.deepEqual(namesIn(withoutNames, "resources/ns/blue/core_v1_pods.json"), ["quiet"]);
    assert.ok(failures(withoutNames).includes("list pods 403"));
    const insteadOf = (resource: string) => withoutNames.coverage.failures.find((failure) => failure.resource === resource && failure.verb === "list")?.instead;
    assert.deepEqual(insteadOf("pods"), { namespaces: ["blue"], count: 1, known: 1 });
    assert.deepEqual(insteadOf("services"), { namespaces: [], count: 0, known: 1 });
    assert.equal(insteadOf("nodes"), undefined);
    const order = withoutNames.coverage.failures.map(({ verb, resource }) => `${verb} ${resource}`);
    assert.deepEqual(order, order.toSorted());
  });

  it("keeps within its limits and says what was left out", async () => {
    const few = await take({ ...configMaps, maxObjectsPerKind: 5 });
    assert.equal(few.coverage.objects, 5);
    const [omission] = few.coverage.omissions;
    const { objects } = (await take(configMaps)).coverage;
    assert.deepEqual(omission, { what: "configmaps", why: "the limit of objects of one kind", count: objects - 5 });
    const single = await take({ ...small, kinds: { only: ["configmaps", "namespaces"], except: [] }, maxObjectsPerKind: 2, maxObjectsOf: { configmap: 0 } });
    assert.deepEqual(single.coverage.omissions.map(({ what, count }) => `${what} ${count}`).toSorted(), [
      `configmaps ${objects}`,
      `namespaces ${single.coverage.omissions.find(({ what }) => what === "namespaces")?.count}`,
    ]);
    assert.equal(single.coverage.objects, 2);
    const light = await take({ ...configMaps, maxBytes: 1000 });
    assert.ok(light.coverage.writtenBytes < 20_000 && light.coverage.omissions.length > 0);
    for (const [name, content] of light.files) if (name.startsWith("resources/")) JSON.parse(content);
    const cut = await take({ ...small, logs: { ...(snapshotDefaults.logs ?? assert.fail()), limitBytes: 4 }, kinds: { only: ["pods"], except: [] } });
    assert.match(cut.files.get("podlogs/kube-system/on-node-1/logs/c.txt") ?? "", /^said\n\[asdic: this log goes on, and was cut here after 4 bytes\]\n$/);
    const none = await take({ ...small, logs: snapshotDefaults.logs, maxLogBytes: 1, kinds: { only: ["pods"], except: [] } });
    assert.ok(none.coverage.omissions.some(({ what }) => what === "logs" || what === "ends of logs"));
  });

  it("takes namespaces, kinds, groups and labels in and leaves them out", async () => {
    const taken = await take({ ...configMaps, namespaces: { only: [], except: ["r*", "kube-*", "default"] } });
    assert.deepEqual(
      [...taken.files.keys()].filter((name) => name.startsWith("resources/")),
      ["resources/ns/blue/core_v1_configmaps.json"],
    );
    const labelled = await take({ ...configMaps, labelSelector: "there-is=none" });
    assert.equal(labelled.coverage.objects, 0);
  });

  it("goes on without the kubelet of a node that is away", async () => {
    await stage.faults.node.lose("node-2");
    const taken = await take({ kinds: { only: ["nodes", "pods"], except: [] } });
    await stage.faults.node.start("node-2");
    assert.deepEqual([...taken.files.keys()].filter((name) => name.endsWith("configz.json")).toSorted(), [
      "hosts/node-1/configz.json",
      "hosts/node-3/configz.json",
    ]);
    assert.equal(taken.files.get("podlogs/kube-system/on-node-3/logs/c.txt"), "said by on-node-3\n");
    assert.ok(taken.coverage.failures.some(({ resource, name = "" }) => resource === "nodes/proxy" && name.startsWith("node-2/")));
    assert.ok(taken.coverage.failures.every(({ name = "", resource }) => resource === "/metrics" || name.includes("node-2")));
  });

  it("ends when it is told to, and when its files can't be written", async () => {
    await assert.rejects(take({}, { signal: AbortSignal.abort(new Error("enough")) }), { message: "enough" });
    await assert.rejects(take({}, { writer: { put: () => Promise.reject(new Error("disk full")) } }), { name: "WritingFailure", message: "disk full" });
  });

  it("is written to a folder as the tarball has it", async () => {
    await take(configMaps, { writer: folderWriter(stage.folder, "before/") });
    assert.match(await readFile(join(stage.folder, "before/resources/ns/blue/core_v1_configmaps.json"), "utf8"), /map-00/);
  });
});
