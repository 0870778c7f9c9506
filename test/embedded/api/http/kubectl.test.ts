import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { configMap, openServer } from "./open-server.ts";

const program = ["/var/lib/asdic-cluster/bin/kubectl", "kubectl"].find((one) => spawnSync(one, ["version", "--client"]).status === 0);
const needed = { skip: program === undefined && "there is no kubectl on this machine" };
const home = await mkdtemp(join(tmpdir(), "asdic-kubectl-"));
after(() => rm(home, { recursive: true, force: true }));
const { api, type, kubeconfig } = await openServer();
await writeFile(join(home, "kubeconfig"), kubeconfig);

async function kubectl(command: string, input = ""): Promise<string> {
  const child = spawn(program ?? "", ["--namespace=space", `--cache-dir=${home}`, ...command.split(" ")], {
    env: { ...process.env, HOME: home, KUBECONFIG: join(home, "kubeconfig") },
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return stdout + stderr;
}

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "x" }] } },
  },
};

test("kubectl applies, scales, shows, patches and deletes", needed, async () => {
  const manifest = JSON.stringify(deployment);
  assert.equal(await kubectl("apply -f -", manifest), "deployment.apps/web created\n");
  assert.equal(await kubectl("apply -f -", manifest), "deployment.apps/web unchanged\n");
  assert.equal(await kubectl("apply -f -", manifest.replace('"replicas":2', '"replicas":3')), "deployment.apps/web configured\n");
  assert.equal(await kubectl("apply --server-side --force-conflicts -f -", manifest), "deployment.apps/web serverside-applied\n");
  assert.equal(await kubectl("scale deployment web --replicas=5"), "deployment.apps/web scaled\n");
  assert.equal(await kubectl("get deployment web -o jsonpath={.spec.replicas}"), "5");
  assert.equal(await kubectl("set image deployment/web c=y"), "deployment.apps/web image updated\n");
  assert.match(
    await kubectl("get deployments -o wide"),
    /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR\nweb +0\/5 +0 +0 +\d+s +c +y +app=web\n$/,
  );
  assert.match(await kubectl("describe deployment web"), /Replicas: +5 desired/);
  assert.equal(await kubectl("label deployment web a=b"), "deployment.apps/web labeled\n");
  assert.equal(await kubectl("get deployments -l a=b -o name"), "deployment.apps/web\n");
  assert.equal(await kubectl("delete deployment web"), 'deployment.apps "web" deleted from space namespace\n');
});

test("kubectl tells of fields that nobody knows, and of what is not there", needed, async () => {
  const wrong = JSON.stringify({ ...configMap("wrong"), dada: {} });
  assert.match(await kubectl("create -f -", wrong), /strict decoding error: unknown field "dada"/);
  assert.match(await kubectl("create --validate=warn -f -", wrong), /Warning: unknown field "dada"\n|configmap\/wrong created/);
  assert.equal(await kubectl("get configmap none"), 'Error from server (NotFound): configmaps "none" not found\n');
  assert.equal(await kubectl("get nonesuch"), `error: the server doesn't have a resource type "nonesuch"\n`);
});

test("kubectl creates what it sends as protobuf", needed, async () => {
  assert.equal(await kubectl("create configmap made --from-literal=a=b"), "configmap/made created\n");
  assert.equal(await kubectl("create serviceaccount someone"), "serviceaccount/someone created\n");
  assert.match(await kubectl("create token someone"), /^ey[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.equal(await kubectl("create job j --image=x -- a b"), "job.batch/j created\n");
  assert.equal(await kubectl("auth can-i delete pods"), "yes\n");
  assert.equal(await kubectl("auth can-i delete pods --as=system:serviceaccount:space:someone"), "no\n");
  assert.match(await kubectl("auth whoami -o jsonpath={.status.userInfo.username}"), /^kubernetes-admin/);
});

test("kubectl finds all kinds, and waits for what happens", needed, async () => {
  assert.match(await kubectl("api-resources --api-group=apps"), /deployments +deploy +apps\/v1 +true +Deployment\n/);
  assert.match(await kubectl("version"), /Server Version: v1\.36\.3/);
  const waiting = kubectl("wait --for=create configmap/later --timeout=20s");
  api.create(type("v1", "ConfigMap"), configMap("later"));
  assert.equal(await waiting, "configmap/later condition met\n");
  assert.match(await kubectl("get all,configmaps --show-labels"), /configmap\/later +0 +\d+s +<none>/);
});
