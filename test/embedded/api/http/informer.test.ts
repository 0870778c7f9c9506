import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import { CoreV1Api, KubeConfig, makeInformer } from "@kubernetes/client-node";
import type { V1ConfigMap } from "@kubernetes/client-node";
import { configMap, openServer } from "./open-server.ts";

test("an informer of client-node keeps up with all that happens, over watches that end and compactions", async () => {
  const { api, server, kubeconfig, type, keyOf } = await openServer();
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const client = config.makeApiClient(CoreV1Api);
  const informer = makeInformer<V1ConfigMap>(config, "/api/v1/namespaces/space/configmaps", () => client.listNamespacedConfigMap({ namespace: "space" }));
  const watching = new AbortController();
  const told = new EventEmitter();
  for (const verb of ["add", "update", "delete"] as const)
    informer.on(verb, ({ metadata, data }) => told.emit(`${verb} ${metadata?.name ?? ""} ${data?.["n"] ?? ""}`));
  informer.on("error", () => watching.signal.aborted || void informer.start());
  const expect = async (event: string, cause: () => unknown): Promise<void> => {
    const seen = once(told, event);
    await cause();
    await seen;
  };
  const change = (n: string) => api.modify(keyOf(configMap("a")), (object) => ({ ...object, data: { n } }));

  api.create(type("v1", "ConfigMap"), configMap("a", { n: "0" }));
  await expect("add a 0", () => informer.start());
  await expect("update a 1", () => change("1"));
  server.faults.closeWatches();
  await expect("update a 2", () => change("2"));
  server.faults.closeWatches();
  change("3");
  server.faults.compact();
  await expect("update a 4", () => change("4"));
  await expect("delete a 4", () => api.delete(keyOf(configMap("a"))));
  assert.deepEqual(informer.list(), []);
  watching.abort();
  await informer.stop();
});
