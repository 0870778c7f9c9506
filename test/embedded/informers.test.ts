import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import type { KubernetesObject } from "@kubernetes/client-node";
import { CoreV1Api, KubeConfig, makeInformer } from "@kubernetes/client-node";
import { startCluster } from "./start-cluster.ts";

const cluster = await startCluster();
const config = new KubeConfig();
config.loadFromString(cluster.kubeconfig);
const core = config.makeApiClient(CoreV1Api);
const namespace = "default";
const save = (name: string, value: string) => core.replaceNamespacedConfigMap({ name, namespace, body: { metadata: { name }, data: { value } } });

test("client-node's informer hears of all changes, also after its watch was ended and its revision forgotten", async (context) => {
  const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, () => core.listNamespacedConfigMap({ namespace }));
  const heard = new EventEmitter();
  const names: string[] = [];
  for (const verb of ["add", "update", "delete"] as const)
    informer.on(verb, (object: KubernetesObject) => {
      names.push(`${verb} ${object.metadata?.name}`);
      heard.emit(`${verb} ${object.metadata?.name}`);
    });
  let isWanted = true;
  // It stops when its watch breaks; whoever uses it starts it again.
  informer.on("error", () => isWanted && void informer.start());
  context.after(() => {
    isWanted = false;
    return informer.stop();
  });
  const until = async (event: string, change: () => Promise<unknown>): Promise<void> => {
    const came = once(heard, event, { signal: AbortSignal.timeout(10_000) });
    await change();
    await came;
  };

  await informer.start();
  await until("add first", () => core.createNamespacedConfigMap({ namespace, body: { metadata: { name: "first" } } }));
  await until("update first", () => save("first", "1"));
  cluster.faults.api.closeWatches();
  await until("update first", () => save("first", "2"));
  await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: "second" } } });
  cluster.faults.api.closeWatches();
  cluster.faults.api.compact();
  await until("update second", () => save("second", "1"));
  await until("delete first", () => core.deleteNamespacedConfigMap({ name: "first", namespace }));
  const left = new Set(informer.list().map((object) => object.metadata?.name));
  assert.deepEqual(left, new Set(["kube-root-ca.crt", "second"]));
  assert.equal(names.filter((name) => name === "delete second").length, 0);
});
