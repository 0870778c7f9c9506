import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { deleteAll } from "../../../cli/delete/delete-all.ts";
import { deleteRun } from "../../../cli/delete/delete-run.ts";
import { connect } from "../../../core/cluster/connect.ts";
import { startEmbedded } from "../../../embedded/start-embedded.ts";
import { assertGolden } from "../../golden.ts";

const suite = { "e2e-framework": "webhook", "e2e-run": "1" };
const run = (id: string) => ({ "asdic.dev/run": id });
const namespace = (name: string, metadata: object = {}) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, ...metadata } });
const lock = (name: string, id: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "asdic-run", namespace: name, labels: run(id) } });
const webhook = (name: string, service: string, of: string) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name },
  webhooks: [
    {
      name: "deny.example.com",
      clientConfig: { service: { name: service, namespace: of } },
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nothings"] }],
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
    },
  ],
});
const definition = (plural: string, group: string) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    names: { plural, kind: plural.replaceAll("-", "") },
    scope: "Namespaced",
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
});
const volume = (name: string, of: string) => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name },
  spec: {
    capacity: { storage: "1Gi" },
    accessModes: ["ReadWriteOnce"],
    hostPath: { path: "/tmp/x" },
    claimRef: { namespace: of, name: "claim", apiVersion: "v1", kind: "PersistentVolumeClaim" },
  },
});
const role = (name: string, id: string) => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name, labels: run(id) },
  rules: [],
});
const deployment = (of: string, id: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "asdic-aggregator", namespace: of, labels: run(id) },
  spec: { selector: { matchLabels: { a: "b" } }, template: { metadata: { labels: { a: "b" } }, spec: { containers: [{ name: "a", image: "a" }] } } },
});

const objects = [
  namespace("webhook-1", { labels: suite }),
  namespace("half", { labels: { "e2e-run": "1" } }),
  namespace("mine", { labels: { team: "a" } }),
  webhook("of-suite", "e2e-test-webhook", "webhook-1"),
  webhook("of-earlier-suite", "e2e-test-webhook", "webhook-0"),
  webhook("lost", "policy", "nowhere"),
  webhook("mine", "policy", "mine"),
  definition("e2e-test-webhook-7-crds", "stable.example.com"),
  definition("foo9xk2zas", "mygroup.example.com"),
  definition("crontabs", "stable.example.com"),
  definition("widgets", "mine.test"),
  volume("of-suite", "webhook-1"),
  volume("of-nobody", "nowhere"),
  volume("mine", "mine"),
  namespace("ended", { annotations: { "asdic.dev/made-by-run": "aaaa1111" } }),
  lock("ended", "aaaa1111"),
  namespace("going", { annotations: { "asdic.dev/made-by-run": "bbbb2222" } }),
  lock("going", "bbbb2222"),
  deployment("going", "bbbb2222"),
  role("nobodys", "cccc3333"),
  role("of-going", "bbbb2222"),
];
const ours = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

const folder = await mkdtemp("/tmp/asdic-");
const end = new AbortController();
const node = JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name: "only" } });
const world = { text: node, name: "world" };
const embedded = await startEmbedded({ folder: join(folder, "c"), programs: "", ownImage: () => false, world, port: 0, signal: end.signal });
after(() => embedded.close());
await writeFile(join(folder, "kubeconfig"), embedded.kubeconfig);
const cluster = await connect({ kubeconfig: join(folder, "kubeconfig"), environment: {} });
for (const object of objects) await cluster.create(object);

const request = (said: string[], own: { isDry?: boolean; isSure?: boolean; namespace?: string } = {}) => ({
  namespace: "asdic",
  wait: true,
  isDry: false,
  isSure: false,
  signal: AbortSignal.timeout(60_000),
  say: (line: string) => void said.push(line),
  ...own,
});

async function listOurs(): Promise<readonly string[]> {
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [kind, apiVersion]));
  const there: string[] = [];
  for (const [kind, apiVersion] of kinds)
    for await (const page of cluster.list({ apiVersion, kind })) there.push(...page.map(({ metadata }) => `${kind} ${metadata.name}`));
  return [...new Set(there.filter((each) => ours.includes(each)))].toSorted();
}

test("a dry run lists what would go and what stays, with the reasons, and deletes nothing", async () => {
  const said: string[] = [];
  await deleteAll(cluster, request(said, { isDry: true, isSure: true }));
  assertGolden("cli/delete/all.txt", `${said.join("\n")}\n`);
  assert.deepEqual(await listOurs(), [...new Set(ours)].toSorted());
});

test("without --yes it says the same, deletes nothing and is wrong use", async () => {
  const said: string[] = [];
  await assert.rejects(deleteAll(cluster, request(said)), { code: "wrong-usage", message: /Nothing was deleted/ });
  assert.ok(said.some((line) => line.includes("webhook-1")));
  assert.deepEqual(await listOurs(), [...new Set(ours)].toSorted());
});

test("while somebody's suite runs, nothing of a suite is touched", async () => {
  const labels = { component: "conformance" };
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "e2e-conformance-test", namespace: "mine", labels },
    spec: { containers: [{ name: "a", image: "a" }] },
  };
  await cluster.create(pod);
  const said: string[] = [];
  await deleteAll(cluster, request(said, { isDry: true }));
  assert.ok(
    said.some((line) => /^left: Namespace webhook-1: pod mine\/e2e-conformance-test may be using it$/.test(line)),
    said.join("\n"),
  );
  assert.ok(!said.some((line) => /^(?!left).*webhook-1/.test(line)));
  await cluster.delete({ apiVersion: "v1", kind: "Pod", namespace: "mine", name: "e2e-conformance-test" }, { gracePeriodSeconds: 0 });
});

test("a dry run of one namespace lists each object", async () => {
  const said: string[] = [];
  await deleteRun(cluster, request(said, { isDry: true, namespace: "going" }));
  for (const name of [/^Namespace +going$/, /^ConfigMap +going +asdic-run$/, /^Deployment +going +asdic-aggregator$/, /^ClusterRole +of-going$/])
    assert.ok(
      said.some((line) => name.test(line)),
      `${String(name)} is not in\n${said.join("\n")}`,
    );
  assert.ok((await listOurs()).includes("Deployment asdic-aggregator"));
});

test("with --yes that and nothing else is gone", async () => {
  const said: string[] = [];
  await deleteAll(cluster, request(said, { isSure: true }));
  assert.equal(said.at(-1), "It is gone.");
  assert.deepEqual(
    await listOurs(),
    [
      "ClusterRole nobodys",
      "ClusterRole of-going",
      "ConfigMap asdic-run",
      "CustomResourceDefinition crontabs.stable.example.com",
      "CustomResourceDefinition widgets.mine.test",
      "Deployment asdic-aggregator",
      "Namespace going",
      "Namespace half",
      "Namespace mine",
      "PersistentVolume mine",
      "PersistentVolume of-nobody",
      "ValidatingWebhookConfiguration lost",
      "ValidatingWebhookConfiguration mine",
    ].toSorted(),
  );
});
