import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { startCluster } from "./start-cluster.ts";

const program = ["/var/lib/asdic-cluster/bin/kubectl", "kubectl"].find((one) => spawnSync(one, ["version", "--client"]).status === 0);
const needed = { skip: program === undefined && "there is no kubectl on this machine" };
const home = await mkdtemp("/tmp/ax-kubectl-");
after(() => rm(home, { recursive: true, force: true }));
const cluster = await startCluster();
await writeFile(join(home, "kubeconfig"), cluster.kubeconfig);

function start(words: readonly string[]) {
  const child = spawn(program ?? "", words, {
    env: { PATH: process.env["PATH"], HOME: home, KUBECONFIG: join(home, "kubeconfig") },
    stdio: "pipe",
    timeout: 30_000,
  });
  after(() => child.kill("SIGKILL"));
  return child;
}

async function kubectl(words: readonly string[], input = "") {
  const child = start(words);
  child.stdin.on("error", () => undefined).end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code: Number(code) };
}

const web = (data: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{ name: main, image: busybox, command: [sh, -c, "echo begun; echo $A; while :; do sleep 1; done"], env: [{ name: A, value: one }] }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: ${data}
`;
const pod = (name: string, script: string): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        { name: "main", image: "busybox", command: ["sh", "-c", script] },
        { name: "other", image: "busybox", command: ["sleep", "1000"] },
      ],
    },
  });
const stamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z`;

/** In this order, because each finds what the ones before have made. Without `code` it is 0; text is compared as a whole. */
type Step = {
  readonly words: string | readonly string[];
  readonly input?: string;
  readonly says?: RegExp | string;
  readonly errs?: RegExp | string;
  readonly code?: number;
};
const stories: Readonly<Record<string, readonly Step[]>> = {
  "get shows objects in each format": [
    { words: "get nodes", says: /^NAME +STATUS +ROLES +AGE +VERSION\ncontrol-plane +Ready +control-plane +\d+s +v1[^]*\nworker-2 +Ready +<none> / },
    { words: "get nodes -o wide", says: /INTERNAL-IP +EXTERNAL-IP +OS-IMAGE +KERNEL-VERSION +CONTAINER-RUNTIME\n/ },
    { words: "get node worker-1 -o jsonpath={.metadata.name}{.spec.podCIDR}", says: "worker-110.244.1.0/24" },
    { words: "get nodes -o custom-columns=N:.metadata.name --no-headers", says: "control-plane\nworker-1\nworker-2\n" },
    { words: "get node worker-1 -o yaml", says: /^apiVersion: v1\nkind: Node\nmetadata:\n/ },
    { words: "get nodes -o json", says: /^\{\n {4}"apiVersion": "v1",\n {4}"items": \[/ },
    { words: "get pods -A -l tier=control-plane -o name", says: /^pod\/etcd-control-plane\npod\/kube-apiserver-control-plane\n/ },
    { words: "get pods -A --field-selector status.phase=Failed -o name", says: /^pod\/nightly-report-\w+\n$/ },
    { words: "get pods", says: "", errs: "No resources found in default namespace.\n" },
    { words: "get pod none", errs: 'Error from server (NotFound): pods "none" not found\n', code: 1 },
    { words: "get nothings", errs: `error: the server doesn't have a resource type "nothings"\n`, code: 1 },
  ],
  "what the API has, and who may what": [
    {
      words: "api-resources",
      says: /^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND\n[^]*\npods +po +v1 +true +Pod\n[^]*\ndeployments +deploy +apps\/v1 +true +Deployment\n/,
    },
    { words: "api-versions", says: /\napps\/v1\n[^]*\nv1\n$/ },
    { words: "auth can-i create pods", says: "yes\n" },
    { words: "auth can-i create pods --as bob", says: "no\n", code: 1 },
    { words: "auth can-i --list --as bob", says: /selfsubjectaccessreviews\.authorization\.k8s\.io +\[\] +\[\] +\[create\]\n/ },
    {
      words: "get secrets --as bob",
      errs: /^Error from server \(Forbidden\): secrets is forbidden: User "bob" cannot list resource "secrets" in API group "" in the namespace "default"\n$/,
      code: 1,
    },
    { words: "top nodes", errs: "error: Metrics API not available\n", code: 1 },
  ],
  "apply creates, changes, takes fields away and refuses": [
    {
      words: "apply --dry-run=server -f -",
      input: web("{ a: '1', b: '2' }"),
      says: "deployment.apps/web created (server dry run)\nconfigmap/settings created (server dry run)\n",
    },
    { words: "get configmap settings", errs: 'Error from server (NotFound): configmaps "settings" not found\n', code: 1 },
    { words: "apply -f -", input: web("{ a: '1', b: '2' }"), says: "deployment.apps/web created\nconfigmap/settings created\n" },
    { words: "apply -f -", input: web("{ a: '2' }"), says: "deployment.apps/web unchanged\nconfigmap/settings configured\n" },
    { words: "get configmap settings -o jsonpath={.data}", says: '{"a":"2"}' },
    {
      words: "apply --server-side --field-manager=other -f -",
      input: "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: '3'}}",
      errs: /^error: Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: \.data\.a\n/,
      code: 1,
    },
    {
      words: "apply --server-side --field-manager=other -f -",
      input: "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {c: '3'}}",
      says: "configmap/settings serverside-applied\n",
    },
    // kubectl hands what it owned before over to the new manager, who does not name it any more.
    { words: "get configmap settings -o jsonpath={.data}", says: '{"c":"3"}' },
    {
      words: "apply -f -",
      input: "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, dataa: {}}",
      errs: /^Error from server \(BadRequest\): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dataa"\n$/,
      code: 1,
    },
    { words: "create configmap settings", errs: 'error: failed to create configmap: configmaps "settings" already exists\n', code: 1 },
  ],
  "a Deployment rolls out, scales and is waited for": [
    { words: "rollout status deployment/web --timeout=20s", says: /deployment "web" successfully rolled out\n$/ },
    { words: "scale deployment web --replicas=2", says: "deployment.apps/web scaled\n" },
    { words: ["wait", "--for=jsonpath={.status.readyReplicas}=2", "deployment/web", "--timeout=20s"], says: "deployment.apps/web condition met\n" },
    { words: "wait --for=condition=Available deployment/web --timeout=20s", says: "deployment.apps/web condition met\n" },
    {
      words: "wait --for=condition=Progressing=Never deployment/web --timeout=1s",
      errs: "error: timed out waiting for the condition on deployments/web\n",
      code: 1,
    },
    { words: "get deployment,replicaset", says: /\ndeployment\.apps\/web +2\/2 +2 +2 +\d+s\n[^]*\nreplicaset\.apps\/web-\w+ +2 +2 +2 +\d+s\n$/ },
    { words: "get events --field-selector reason=ScalingReplicaSet", says: /deployment\/web +Scaled up replica set web-\w+ from 0 to 1\n/ },
  ],
  "logs and exec": [
    {
      words: "apply -f -",
      input: pod("talker", "[ -e /tmp/x ] || { :; }; for i in 1 2 3; do echo line $i; done; echo problem >&2; sleep 1000"),
      says: "pod/talker created\n",
    },
    { words: "apply -f -", input: pod("ender", "echo I end; exit 3"), says: "pod/ender created\n" },
    { words: "wait --for=condition=Ready pod/talker --timeout=20s", says: "pod/talker condition met\n" },
    { words: "exec talker -- sh -c :", errs: 'Defaulted container "main" out of: main, other\n' },
    { words: "exec -i talker -c main -- sh -c cat;exit${IFS}7", input: "given", says: "given", errs: "command terminated with exit code 7\n", code: 7 },
    { words: "exec talker -c none -- true", errs: "error: container none is not valid for pod talker out of: main, other\n", code: 1 },
    { words: "logs talker -c main --tail=2", says: /^(?:line 3|problem)\n(?:problem|line 3)\n$/ },
    { words: "logs talker -c main --timestamps --since=1h", says: new RegExp(`^${stamp} line 1\n${stamp} line 2\n`) },
    { words: "logs talker -c main --limit-bytes=4", says: "line" },
    {
      words: "logs talker -c main --previous",
      errs: 'Error from server (BadRequest): previous terminated container "main" in pod "talker" not found\n',
      code: 1,
    },
    { words: ["wait", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1", "pod/ender", "--timeout=20s"], says: "pod/ender condition met\n" },
    { words: "logs ender -c main --previous", says: "I end\n" },
  ],
  "cordon, drain and uncordon": [
    { words: "cordon worker-2", says: "node/worker-2 cordoned\n" },
    { words: "get node worker-2", says: /worker-2 +Ready,SchedulingDisabled / },
    {
      words: "drain worker-2 --ignore-daemonsets --pod-selector=app=web --timeout=20s",
      says: /node\/worker-2 already cordoned\n[^]*node\/worker-2 drained\n$/,
    },
    { words: "uncordon worker-2", says: "node/worker-2 uncordoned\n" },
  ],
  "delete waits, cascades or leaves orphans": [
    { words: "delete deployment web --cascade=orphan", says: 'deployment.apps "web" deleted from default namespace\n' },
    { words: "wait --for=create replicaset -l app=web --timeout=5s", says: /^replicaset\.apps\/web-\w+ condition met\n$/ },
    { words: "delete replicaset -l app=web --cascade=foreground", says: /^replicaset\.apps "web-\w+" deleted from default namespace\n$/ },
    { words: "get pods -l app=web", errs: "No resources found in default namespace.\n" },
    { words: "delete pod talker ender --wait", says: /^pod "talker" deleted from default namespace\npod "ender" deleted from default namespace\n$/ },
    { words: "get pods", errs: "No resources found in default namespace.\n" },
    {
      words: "delete configmap settings none",
      says: 'configmap "settings" deleted from default namespace\n',
      errs: 'Error from server (NotFound): configmaps "none" not found\n',
      code: 1,
    },
    { words: "delete configmap none --ignore-not-found" },
  ],
};

const compare = (got: string, wanted: RegExp | string | undefined, context: string): void => {
  if (typeof wanted === "string") assert.equal(got, wanted, context);
  else if (wanted !== undefined) assert.match(got, wanted, context);
};
for (const [story, steps] of Object.entries(stories))
  test(`kubectl: ${story}`, needed, async () => {
    for (const { words, input, says, errs, code = 0 } of steps) {
      const got = await kubectl(typeof words === "string" ? words.split(" ") : words, input);
      const context = `kubectl ${String(words)}\n${got.stdout}${got.stderr}`;
      compare(got.stdout, says, context);
      compare(got.stderr, errs, context);
      assert.equal(got.code, code, context);
    }
  });

test("kubectl describe tells of every kind that the world has", needed, async () => {
  const kinds = (await kubectl(["api-resources", "--verbs=list", "-o", "name"])).stdout.trim().split("\n");
  assert.ok(kinds.length > 30);
  const { stdout, stderr, code } = await kubectl(["describe", kinds.filter((kind) => !kind.startsWith("events")).join(","), "-A"]);
  assert.deepEqual([stderr, code], ["", 0]);
  for (const kind of ["control-plane", "orders-db-0", "payments", "storefront", "system:masters"])
    assert.match(stdout, new RegExp(`^(?:Name|Subjects): +${kind}|${kind}`, "m"));
});

test("kubectl get -w and logs -f tell what comes as it comes", needed, async () => {
  const watch = start(["get", "pods", "-w", "--no-headers"]);
  await kubectl(["apply", "-f", "-"], pod("counter", "i=0; while :; do i=$((i+1)); echo count $i; sleep 0.2; done"));
  let [seen, followed] = ["", ""];
  for await (const chunk of watch.stdout) if (/counter +2\/2 +Running/.test((seen += String(chunk)))) break;
  assert.match(seen, /counter +0\/2 +ContainerCreating[^]*counter +2\/2 +Running/);
  const logs = start(["logs", "-f", "counter", "-c", "main"]);
  for await (const chunk of logs.stdout) if ((followed += String(chunk)).includes("count 8\n")) break;
  assert.match(followed, /^count 1\ncount 2\n/);
  await kubectl(["delete", "pod", "counter", "--now"]);
});

test("kubectl port-forward reaches a program in a pod", needed, async () => {
  await kubectl(["apply", "-f", "-"], pod("server", "while :; do echo hello | nc -l -p 8080; done"));
  await kubectl(["wait", "--for=condition=Ready", "pod/server", "--timeout=20s"]);
  const forward = start(["port-forward", "pod/server", ":8080"]);
  const [said] = await once(forward.stdout, "data");
  const socket = connect({ host: "127.0.0.1", port: Number(/127\.0\.0\.1:(\d+) -> 8080/.exec(String(said))?.[1]) });
  assert.equal(await text(socket), "hello\n");
  forward.kill("SIGINT");
  await kubectl(["delete", "pod", "server", "--now"]);
});
