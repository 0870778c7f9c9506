import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { startControllers } from "../../../../embedded/nodes/controllers/start-controllers.ts";
import { keyOf } from "../../../../embedded/objects/object-key.ts";
import { isDeleting, nodeNameOf } from "../../../../embedded/objects/pod-state.ts";
import type { ServiceRoute } from "../../../../embedded/nodes/pod-network.ts";
import { startScheduler } from "../../../../embedded/nodes/scheduler/start-scheduler.ts";
import { ended, openStage, running, settle } from "../stage.ts";

const node = (name: string): string =>
  `{apiVersion: v1, kind: Node, metadata: {name: ${name}}, status: {conditions: [{type: Ready, status: "True"}], allocatable: {cpu: "2", memory: 4Gi, pods: "50"}}}`;
const template = (restartPolicy: string): string =>
  `template: {metadata: {labels: {app: web}}, spec: {restartPolicy: ${restartPolicy}, terminationGracePeriodSeconds: 5, containers: [{name: c, image: x, ports: [{name: http, containerPort: 8080}]}]}}`;

function startAll(t: Parameters<typeof openStage>[0]) {
  const stage = openStage(t);
  let routes: readonly ServiceRoute[] = [];
  startControllers({ ...stage.cluster, network: { setServices: (services) => void (routes = services) } });
  startScheduler(stage.cluster);
  stage.create(`${node("a")}\n---\n${node("b")}`);
  const report = (pod: KubernetesObject): void => {
    const isJob = field(pod, "metadata", "ownerReferences", "0", "kind") === "Job";
    stage.report(pod, isJob ? ended("Succeeded") : running);
  };
  return {
    ...stage,
    routes: () => routes,
    /** What the nodes' kubelets do, until there is nothing more to do. */
    async run(): Promise<void> {
      await settle();
      for (let turn = 0; turn < 5; turn += 1) {
        for (const pod of stage.pods()) {
          if (isDeleting(pod)) stage.api.delete(keyOf(stage.api, pod), { gracePeriodSeconds: 0 });
          else if (nodeNameOf(pod) !== "" && field(pod, "status", "phase") === "Pending") report(pod);
        }
        await settle();
      }
    },
  };
}

test("all controllers together bring a workload up behind its Service, finish a Job, and leave nothing of a deleted namespace", async (t) => {
  const stage = startAll(t);
  await stage.run();
  stage.create(
    [
      `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2, selector: {matchLabels: {app: web}}, ${template("Always")}}}`,
      "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}}",
      `{apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {${template("Never")}}}`,
    ].join("\n---\n"),
  );
  await stage.run();
  assert.equal(field(stage.find("apps/v1", "Deployment", "web"), "status", "availableReplicas"), 2);
  assert.equal(field(stage.find("batch/v1", "Job", "once"), "status", "succeeded"), 1);
  assert.deepEqual(stage.pods().map(nodeNameOf).toSorted(), ["a", "a", "b"]);
  const route = stage.routes().find(({ name }) => name === "web");
  assert.deepEqual(
    route?.ports[0]?.endpoints.map(({ port }) => port),
    [8080, 8080],
  );
  const namespace = stage.find("v1", "Namespace", "ns");
  assert.ok(namespace);
  stage.api.delete(keyOf(stage.api, namespace));
  await stage.run();
  assert.equal(stage.find("v1", "Namespace", "ns"), undefined);
  assert.deepEqual(
    stage.api.types.all().flatMap((type) => (type.verbs.includes("list") && type.namespaced ? stage.api.list(type, { namespace: "ns" }) : [])),
    [],
  );
  assert.deepEqual(
    stage.routes().filter((one) => one.namespace === "ns"),
    [],
  );
});

test("a Job deleted in the foreground takes its pods with it", async (t) => {
  const stage = startAll(t);
  stage.create(`{apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {${template("Never")}}}`);
  await settle();
  const job = stage.find("batch/v1", "Job", "once");
  assert.ok(job);
  stage.api.delete(keyOf(stage.api, job), { propagationPolicy: "Foreground" });
  await stage.run();
  assert.equal(stage.find("batch/v1", "Job", "once"), undefined);
  assert.deepEqual(stage.pods(), []);
});

test("once everything is as wanted, nothing is written any more", async (t) => {
  const stage = startAll(t);
  stage.create(
    `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2, selector: {matchLabels: {app: web}}, ${template("Always")}}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}`,
  );
  await stage.run();
  const revision = stage.api.store.revision();
  await settle();
  assert.equal(stage.api.store.revision(), revision);
});
