import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import { labels } from "../../../core/contract/names.ts";
import { buildPluginFile } from "../../faults/plugin-files.ts";
import { startStage, type Stage } from "../../faults/stage.ts";
import { assertGolden } from "../../golden.ts";

const node = (name: string, own: object = {}) => ({ apiVersion: "v1", kind: "Node", metadata: { name }, ...own });
const dnsPod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "coredns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  spec: { nodeName: "worker-1", containers: [{ name: "coredns", image: "coredns" }] },
  status: { phase: "Running" },
};
const world = [node("control-plane", { spec: { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] } }), node("worker-1"), dnsPod];

const namespace = (name: string, own: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: own },
});
const inside = (place: string, object: JsonObject, name: string): KubernetesObject => ({ ...object, metadata: { name, namespace: place } });
const quota = (hard: JsonObject) => ({ apiVersion: "v1", kind: "ResourceQuota", spec: { hard } });
const rbac = "rbac.authorization.k8s.io";
const clusterRole = (name: string, rules: readonly JsonObject[], own: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRole",
  metadata: { name, labels: own },
  rules,
});
const bound = (user: string): KubernetesObject => ({
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRoleBinding",
  metadata: { name: user },
  roleRef: { apiGroup: rbac, kind: "ClusterRole", name: user },
  subjects: [{ apiGroup: rbac, kind: "User", name: user }],
});
const all = ["get", "list", "create", "delete"];
const plain = [
  { apiGroups: [""], resources: ["namespaces", "configmaps", "secrets", "services", "serviceaccounts"], verbs: all },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: all },
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: all },
];
const roles = { apiGroups: [rbac], resources: ["roles", "rolebindings", "clusterroles", "clusterrolebindings"], verbs: all };
const granting = { ...roles, verbs: [...all, "escalate", "bind"] };

type Case = {
  readonly name: string;
  readonly of: string;
  readonly objects?: readonly KubernetesObject[];
  /** Plugin files, besides the flags. */
  readonly plugins?: readonly Parameters<typeof buildPluginFile>[0][];
  readonly args: readonly string[];
  readonly code: number;
};

const cases: readonly Case[] = [
  { name: "ready", of: "a cluster that is ready", args: ["-n", "ready"], code: 0 },
  {
    name: "no-rights",
    of: "a person who may create no roles",
    objects: [clusterRole("maker", plain), bound("maker")],
    args: ["-n", "no-rights", "--as", "maker"],
    code: 3,
  },
  {
    name: "no-grants",
    of: "a person who may create roles, but give nothing by them",
    objects: [clusterRole("lender", [...plain, roles]), bound("lender")],
    args: ["-n", "no-grants", "--as", "lender"],
    code: 3,
  },
  {
    name: "all-rights",
    of: "a person who has what it takes and no more",
    objects: [clusterRole("owner", [...plain, granting]), bound("owner")],
    args: ["-n", "all-rights", "--as", "owner"],
    code: 0,
  },
  {
    name: "gives-own",
    of: "a person who gives by roles only what is theirs",
    objects: [clusterRole("giver", [{ apiGroups: ["*"], resources: ["*"], verbs: [...all, "watch", "update", "patch"] }]), bound("giver")],
    args: ["-n", "gives-own", "--as", "giver"],
    code: 0,
  },
  {
    name: "quota",
    of: "a namespace without room for the aggregator",
    objects: [namespace("quota"), inside("quota", quota({ "requests.memory": "64Mi" }), "tight")],
    args: ["-n", "quota"],
    code: 3,
  },
  {
    name: "quota-of-objects",
    of: "a namespace without room for another Service",
    objects: [namespace("quota-of-objects"), inside("quota-of-objects", quota({ services: "0" }), "none")],
    args: ["-n", "quota-of-objects"],
    code: 3,
  },
  {
    name: "pod-security",
    of: "a namespace that refuses a plugin's pods",
    objects: [namespace("pod-security", { "pod-security.kubernetes.io/enforce": "restricted" })],
    plugins: [{ name: "my.plugin", driver: "DaemonSet", podSpec: { hostNetwork: true } }],
    args: ["-n", "pod-security"],
    code: 0,
  },
  {
    name: "taken",
    of: "a namespace with an account of Sonobuoy's",
    objects: [namespace("taken"), inside("taken", { apiVersion: "v1", kind: "ServiceAccount" }, "sonobuoy-serviceaccount")],
    plugins: [{ name: "plain" }],
    args: ["-n", "taken"],
    code: 3,
  },
  { name: "no-node", of: "a node selector that chooses nothing", args: ["-n", "no-node", "--node-selector", "disk=fast"], code: 3 },
  {
    name: "no-node-for-plugins",
    of: "plugins that find no node",
    plugins: [
      { name: "once", podSpec: { nodeSelector: { disk: "fast" } } },
      { name: "each", driver: "DaemonSet", podSpec: { nodeSelector: { disk: "fast" } } },
    ],
    args: ["-n", "no-node-for-plugins"],
    code: 0,
  },
  { name: "priority-class", of: "a PriorityClass that is not there", args: ["-n", "priority-class", "--priority-class", "urgent"], code: 3 },
  {
    name: "image-names",
    of: "images whose names are none",
    plugins: [{ name: "plain", container: { image: "Registry/Image:1" } }],
    args: ["-n", "image-names", "--plugin-image", "plain:UPPER"],
    code: 0,
  },
  { name: "no-dns", of: "a place without DNS", args: ["-n", "no-dns", "--dns-namespace", "elsewhere", "--dns-pod-labels", "app=dns,app=names"], code: 0 },
  {
    name: "leftovers",
    of: "what earlier runs and suites have left",
    objects: [
      clusterRole("asdic:gone:aggregator", [], { "asdic.dev/run": "aaaa1111", "asdic.dev/namespace": "gone" }),
      clusterRole("asdic:left-plugin:aggregator", [], { "asdic.dev/run": "bbbb2222", "asdic.dev/namespace": "left" }),
      namespace("e2e-pods-1", { "e2e-framework": "pods", "e2e-run": "1" }),
    ],
    args: ["-n", "left-plugin"],
    code: 3,
  },
  { name: "skipped", of: "checks that are left out", args: ["-n", "skipped", "--node-selector", "disk=fast", "--skip-preflight=nodes,dnscheck"], code: 0 },
];

describe("asdic preflight", () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage(world);
    // A kubelet has to say that it is there.
    for (const name of ["control-plane", "worker-1"])
      await stage.until(["v1", "Node"], { signal: AbortSignal.timeout(20_000), is: (object) => object.metadata.name === name && isReady(object) });
  });
  after(() => stage.close());

  for (const { name, of, objects = [], plugins = [], args, code } of cases)
    it(`says of ${of} what is so and what helps${code === 0 ? "" : ", and asdic run the same, creating nothing"}`, async () => {
      for (const object of objects) stage.create(object);
      for (const plugin of plugins) await writeFile(join(stage.folder, `${plugin.name}.yaml`), JSON.stringify(buildPluginFile(plugin)));
      const full = [...args, ...plugins.flatMap((plugin) => ["-p", `${plugin.name}.yaml`])];
      const there = listRuns(stage);
      const told = await stage.asdic(["preflight", ...full]);
      const texts = [render("preflight", full, told)];
      assert.equal(told.code, code, told.stdout + told.stderr);
      if (code !== 0) {
        const run = await stage.asdic(["run", ...full]);
        texts.push(render("run", full, run));
        assert.equal(run.code, code, run.stderr);
      }
      assert.deepEqual(listRuns(stage), there);
      assertGolden(`cli/preflight/${name}.txt`, texts.join("\n"));
      for (const { apiVersion = "", kind = "", metadata } of objects)
        stage.api.delete({ type: typeOf(stage, apiVersion, kind), namespace: metadata.namespace ?? "", name: metadata.name });
    });

  it("prints JSON that says the same", async () => {
    const { code, stdout } = await stage.asdic(["preflight", "-n", "json", "--json", "--node-selector", "disk=fast"]);
    assert.equal(code, 3);
    assertGolden("cli/preflight/json.txt", stdout);
  });

  it("takes at most 25 requests, or 30 where each right is asked for by itself", async () => {
    stage.create(namespace("counted"));
    for (const object of [clusterRole("counter", [...plain, granting]), bound("counter")]) stage.create(object);
    for (const { args, most } of [
      { args: [], most: 25 },
      { args: ["-n", "counted"], most: 25 },
      { args: ["--as", "counter"], most: 30 },
      { args: ["--as", "counter", "-n", "counted"], most: 30 },
    ]) {
      const unchecked = await countRequests(stage, ["preflight", "--skip-preflight", ...args]);
      const count = (await countRequests(stage, ["preflight", ...args])) - unchecked;
      assert.ok(count > 5 && count <= most, `${args.join(" ")}: ${count}`);
    }
  });
});

const render = (
  command: string,
  args: readonly string[],
  { code, stdout, stderr }: { readonly code: number; readonly stdout: string; readonly stderr: string },
) => `$ asdic ${command} ${args.join(" ")}\n${stdout}${stderr}exit ${code}\n`;

const isReady = ({ status }: KubernetesObject): boolean => JSON.stringify(status).includes('"KubeletReady"');

const typeOf = ({ api }: Stage, apiVersion: string, kind: string) => api.types.ofKind(apiVersion, kind) ?? assert.fail(kind);

/** All that a run makes bears its label. */
const listRuns = ({ api }: Stage): readonly string[] =>
  api.types
    .all()
    .flatMap((type) => api.list(type, { labelSelector: labels.run }).map(({ metadata }) => `${type.kind} ${metadata.namespace ?? ""}/${metadata.name}`));

async function countRequests(stage: Stage, args: readonly string[]): Promise<number> {
  const end = new AbortController();
  let count = 0;
  const counted = stage.untilRequest(({ user }) => (user.startsWith("system:") || count++, false), end.signal).catch(() => undefined);
  const { code, stderr } = await stage.asdic(args);
  assert.equal(code, 0, stderr);
  end.abort();
  await counted;
  return count;
}
