import assert from "node:assert/strict";
import { test } from "node:test";
import { renderYaml } from "../../../cli/plugins/render-plugin-file.ts";
import { toolVersion } from "../../../cli/tool-version.ts";
import { isJsonObject, type JsonObject } from "../../../core/contract/json.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { podSecurity } from "../../../core/kubernetes/pod-security.ts";
import { assertGolden } from "../../golden.ts";
import { planLine, type PlannedLine } from "./plan-line.ts";

const all = ["-p", "job.yaml", "-p", "every.yaml", "-p", "own-pod.yaml", "-p", "ours.yaml"];

const aggregatorTemplate = ({ objects }: PlannedLine): unknown => field(objects.aggregator["spec"], "template");
const aggregatorPod = (planned: PlannedLine): unknown => field(aggregatorTemplate(planned), "spec");
const aggregatorContainer = (planned: PlannedLine): JsonObject => {
  const containers = field(aggregatorPod(planned), "containers");
  return Array.isArray(containers) && isJsonObject(containers[0]) ? containers[0] : {};
};
const podSpecs = ({ pods }: PlannedLine): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(pods).map(([name, pod]) => [name, pod["spec"]]));
const each = (planned: PlannedLine, key: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(podSpecs(planned)).map(([name, spec]) => [name, field(spec, key)]));
const containersOf = (planned: PlannedLine, pod: string): readonly JsonObject[] => {
  const spec = podSpecs(planned)[pod];
  return ["initContainers", "containers"].flatMap((list) => {
    const containers = field(spec, list);
    return Array.isArray(containers) ? containers.filter(isJsonObject) : [];
  });
};
const find = ({ objects }: PlannedLine, kind: string, name: string): JsonObject | undefined =>
  objects.parts.find((part) => part.kind === kind && part.metadata.name === name);
const names = ({ objects }: PlannedLine, kind: string): readonly string[] =>
  objects.parts.filter((part) => part.kind === kind).map(({ metadata }) => metadata.name);

const everyFlag = `-p job.yaml -p every.yaml -p own-pod.yaml -p ours.yaml --plugin-env job.LEVEL=high aggregator.NODE_OPTIONS=--trace-warnings --plugin-image job:example/job:2
  --plugin-timeout job=90s --timeout 2h --max-result-size 1Mi --aggregator-resources limits.memory=1Gi,requests.cpu= --max-nodes-at-once 20 --storage-class fast --storage-size 500Mi
  --image registry.asdic.test/asdic:v9 --image-pull-policy Always --force-image-pull-policy --image-pull-secret there made=config.json
  --registry-mirror docker.io=mirror.example.test/hub --permissions none --service-account-name diagnostics
  --node-selector disk=ssd --aggregator-node-selector pool:infra --toleration dedicated=asdic:NoSchedule --priority-class high
  --annotation sidecar.istio.io/inject=false --pod-security privileged -n other`;

test("the objects and pods of a run with every flag", async () => {
  const planned = await planLine(everyFlag.split(/\s+/));
  const { namespace, lock, parts, aggregator } = planned.objects;
  const objects = [namespace, lock, ...parts, aggregator].map((object) => `---\n${renderYaml(object)}`).join("");
  assertGolden("cli/objects/every-flag.yaml", objects.replace(`"toolVersion":"${toolVersion}"`, '"toolVersion":"1.2.3"'));
  assertGolden(
    "cli/objects/every-flag-pods.yaml",
    Object.values(planned.pods)
      .map((pod) => `---\n${renderYaml(pod)}`)
      .join(""),
  );
});

test("--plugin-env for the aggregator sets, replaces and removes variables of its container, under Sonobuoy's name too", async () => {
  const { env } = aggregatorContainer(await planLine(["--plugin-env", "aggregator.A=b", "sonobuoy.MALLOC_ARENA_MAX=4", "aggregator.MALLOC_TRIM_THRESHOLD_="]));
  assert.ok(Array.isArray(env));
  const values = Object.fromEntries(env.filter(isJsonObject).map(({ name, value }) => [name, value]));
  assert.deepEqual([values["A"], values["MALLOC_ARENA_MAX"], "MALLOC_TRIM_THRESHOLD_" in values, "POD_IP" in values], ["b", "4", false, true]);
});

test("--plugin-timeout is the plugin's, and --timeout the run's", async () => {
  const { definitions, objects } = await planLine([...all, "--plugin-timeout", "job=90s", "ours=30m", "--timeout", "1h"]);
  assert.deepEqual(
    definitions.map(({ timeoutSeconds }) => timeoutSeconds),
    [90, undefined, undefined, 1800],
  );
  assert.match(JSON.stringify(objects.lock), /runTimeoutSeconds\\":3600/);
});

test("--image-pull-secret is on every pod beside its own, and a file becomes a Secret of the run", async () => {
  const planned = await planLine([...all, "--image-pull-secret", "there", "--image-pull-secret", "made=config.json"]);
  const wanted = [{ name: "there" }, { name: "made" }];
  assert.deepEqual(field(aggregatorPod(planned), "imagePullSecrets"), wanted);
  assert.deepEqual(each(planned, "imagePullSecrets"), { job: wanted, every: wanted, "own-pod": [{ name: "theirs" }, ...wanted], ours: wanted });
  assert.deepEqual(find(planned, "Secret", "made")?.["type"], "kubernetes.io/dockerconfigjson");
  assert.equal(find(planned, "Secret", "there"), undefined);
});

test("--registry-mirror changes the images of all containers and our own, and says which mirror is of no use", async () => {
  const planned = await planLine([
    ...all,
    "--image",
    "hub.asdic.test/asdic:1",
    "--registry-mirror",
    "docker.io=m.example.test/hub",
    "hub.asdic.test=m.example.test",
    "quay.io=m.example.test/quay",
  ]);
  const images = Object.keys(planned.pods).map((pod) => containersOf(planned, pod).map(({ image }) => image));
  const worker = "m.example.test/asdic:1";
  assert.deepEqual(images, [
    ["m.example.test/hub/example/job:1", worker],
    ["registry.asdic.test/every:1", worker],
    ["m.example.test/hub/library/busybox", "m.example.test/hub/library/busybox", "m.example.test/hub/example/own:1", worker],
    [worker, worker],
  ]);
  assert.equal(aggregatorContainer(planned)["image"], worker);
  assert.match(planned.notes, /note: --registry-mirror quay\.io=m\.example\.test\/quay: no image of this run is from there\.\n/);
  assert.doesNotMatch(planned.notes, /docker\.io=/);
});

test("--image-pull-policy is asdic's own, and with --force-image-pull-policy the plugins' too", async () => {
  const policies = async (words: readonly string[]) => {
    const planned = await planLine([...all, "--image-pull-policy", "Never", ...words]);
    return [aggregatorContainer(planned), ...containersOf(planned, "own-pod")].map(({ imagePullPolicy }) => imagePullPolicy);
  };
  assert.deepEqual(await policies([]), ["Never", undefined, undefined, undefined, "Never"]);
  assert.deepEqual(await policies(["--force-image-pull-policy"]), ["Never", "Never", "Never", "Never", "Never"]);
});

test("the account of Sonobuoy's plugins has one name: its own, its rights' subject, and that of every pod that names Sonobuoy's", async () => {
  const planned = await planLine([...all, "--service-account-name", "mine", "--permissions", "admin"]);
  assert.deepEqual(names(planned, "ServiceAccount"), ["asdic-aggregator", "mine", "asdic-plugin-ours"]);
  assert.deepEqual(find(planned, "ClusterRoleBinding", "asdic:asdic:sonobuoy")?.["subjects"], [{ kind: "ServiceAccount", name: "mine", namespace: "asdic" }]);
  assert.deepEqual(each(planned, "serviceAccountName"), { job: "mine", every: "mine", "own-pod": "mine", ours: "asdic-plugin-ours" });
});

test("an existing account is not made, but given rights; --no-rbac gives nobody any", async () => {
  const existing = await planLine(["-p", "job.yaml", "--existing-service-account"]);
  assert.deepEqual(names(existing, "ServiceAccount"), ["asdic-aggregator"]);
  assert.deepEqual(names(existing, "ClusterRoleBinding"), ["asdic:asdic:aggregator", "asdic:asdic:sonobuoy"]);
  for (const words of [["--no-rbac"], ["--rbac", "Disable"]]) {
    const without = await planLine(["-p", "job.yaml", ...words]);
    assert.deepEqual(names(without, "ServiceAccount"), ["asdic-aggregator", "sonobuoy-serviceaccount"]);
    for (const kind of ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"]) assert.deepEqual(names(without, kind), []);
  }
});

test("without a podSpec a Job plugin tolerates old and new control planes", async () => {
  const text = JSON.stringify(each(await planLine(["-p", "job.yaml"]), "tolerations"));
  for (const role of ["master", "control-plane"]) assert.match(text, new RegExp(`"node-role.kubernetes.io/${role}","operator":"Exists","effect":"NoSchedule"`));
});

test("--toleration is the aggregator's, after what makes it leave lost nodes, and that of Jobs without a podSpec", async () => {
  const planned = await planLine([...all, "--toleration", "*", "--toleration", "gpu=yes:NoExecute"]);
  const wanted = [{ operator: "Exists" }, { key: "gpu", operator: "Equal", value: "yes", effect: "NoExecute" }];
  const listed = (tolerations: unknown): readonly unknown[] => (Array.isArray(tolerations) ? tolerations : []);
  const { job, every, "own-pod": own, ours } = each(planned, "tolerations");
  assert.deepEqual(listed(field(aggregatorPod(planned), "tolerations")).slice(2), wanted);
  for (const tolerations of [job, ours]) assert.deepEqual(listed(tolerations).slice(-2), wanted);
  assert.deepEqual(own, [{ key: "mine", operator: "Exists" }]);
  assert.doesNotMatch(JSON.stringify(every), /gpu/);
});

test("--node-selector is every pod's, but --aggregator-node-selector stands instead of it on the aggregator's", async () => {
  const planned = await planLine([...all, "--node-selector", "disk=ssd", "--aggregator-node-selector", "pool=infra"]);
  assert.deepEqual(field(aggregatorPod(planned), "nodeSelector"), { pool: "infra", "kubernetes.io/os": "linux" });
  assert.deepEqual(each(planned, "nodeSelector")["job"], { "kubernetes.io/os": "linux", disk: "ssd" });
});

test("--annotation is on every pod, and wins over what asdic would say", async () => {
  const planned = await planLine([...all, "--annotation", "cluster-autoscaler.kubernetes.io/safe-to-evict=true", "a=b"]);
  const annotations = [
    field(aggregatorTemplate(planned), "metadata", "annotations"),
    ...Object.values(planned.pods).map((pod) => field(pod, "metadata", "annotations")),
  ];
  assert.equal(annotations.length, 5);
  for (const found of annotations) assert.deepEqual([field(found, "cluster-autoscaler.kubernetes.io/safe-to-evict"), field(found, "a")], ["true", "b"]);
});

test("--security-context-mode none leaves aggregator and worker to the cluster, and the namespace admits that", async () => {
  const planned = await planLine(["-p", "ours.yaml", "--security-context-mode", "none"]);
  assert.equal(field(aggregatorPod(planned), "securityContext"), undefined);
  for (const container of [aggregatorContainer(planned), containersOf(planned, "ours").at(-1)]) assert.equal(field(container, "securityContext"), undefined);
  assert.equal(podSecurity(aggregatorPod(planned)).level, "baseline");
  assert.equal(planned.objects.namespace.metadata.labels?.["pod-security.kubernetes.io/enforce"], "baseline");
});

test("--pod-security raises the namespace's level, under Sonobuoy's name too", async () => {
  for (const flag of ["--pod-security", "--namespace-psa-enforce-level"]) {
    const { objects } = await planLine(["-p", "ours.yaml", flag, "privileged"]);
    assert.equal(objects.namespace.metadata.labels?.["pod-security.kubernetes.io/enforce"], "privileged");
  }
});

test("--show-default-podspec writes out what files leave to asdic, and changes no pod", async () => {
  const words = [...all, "--toleration", "gpu", "--service-account-name", "mine"];
  const [plain, shown] = [await planLine(words), await planLine([...words, "--show-default-podspec"])];
  assert.deepEqual(shown.pods, plain.pods);
  assert.deepEqual(
    shown.definitions.map(({ podSpec }) => podSpec?.["serviceAccountName"]),
    ["mine", "mine", "sonobuoy-serviceaccount", undefined],
  );
  assert.match(JSON.stringify(shown.definitions[0]?.podSpec), /"gpu"/);
  assert.equal(plain.definitions[0]?.podSpec, undefined);
});

test("file@name gives a plugin another name, by which its other flags know it", async () => {
  const { pods } = await planLine(["-p", "job.yaml@renamed", "--plugin-env", "renamed.LEVEL="]);
  assert.match(JSON.stringify(pods["renamed"]), /"sonobuoy-plugin":"renamed"/);
  assert.doesNotMatch(JSON.stringify(pods), /LEVEL/);
});
