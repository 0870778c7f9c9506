import { setImmediate } from "node:timers/promises";
import type { TestContext } from "node:test";
import { parseAllDocuments } from "yaml";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list } from "../../../core/kubernetes/field.ts";
import { admissions } from "../../../embedded/api/admission/all.ts";
import type { Api } from "../../../embedded/api/registry/api.ts";
import { createApi } from "../../../embedded/api/registry/create-api.ts";
import { builtInTypes, createTypeTable } from "../../../embedded/api/resource-types.ts";
import { createSchema } from "../../../embedded/api/schema/schema.ts";
import { createMemoryStore } from "../../../embedded/api/store/memory-store.ts";
import { createMovableClock } from "../../../embedded/clock.ts";
import { keyOf, typeOf } from "../../../embedded/objects/object-key.ts";
import { objectAt } from "../../../embedded/objects/object-fields.ts";

/** An API with namespace "ns", a clock that a test moves, and hands that do what kubelets would. */
export type Stage = ReturnType<typeof openStage>;

export function openStage(t: TestContext) {
  const stop = new AbortController();
  t.after(() => stop.abort());
  const clock = createMovableClock();
  const api = createApi({ store: createMemoryStore(), types: createTypeTable(builtInTypes), schema: createSchema(), admissions, clock });
  const find = (apiVersion: string, kind: string, path: string): KubernetesObject | undefined => {
    const type = typeOf(api, apiVersion, kind);
    const [name = "", namespace = "ns"] = path.split("/").toReversed();
    return api.find({ type, namespace: type.namespaced ? namespace : "", name });
  };
  const listOf = (apiVersion: string, kind: string): readonly KubernetesObject[] => api.list(typeOf(api, apiVersion, kind), { namespace: "ns" });
  const create = (yaml: string): readonly KubernetesObject[] => parseObjects(yaml).map((object) => createIn(api, object));
  create(
    "{apiVersion: v1, kind: Namespace, metadata: {name: default}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: ns}}\n---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}",
  );
  return {
    api,
    clock,
    cluster: { api, clock, signal: stop.signal },
    create,
    /** By name in namespace ns, or "namespace/name". */
    find,
    pod: (name: string): KubernetesObject | undefined => find("v1", "Pod", name),
    pods: (): readonly KubernetesObject[] => listOf("v1", "Pod"),
    listOf,
    /** Merges into an object's status, as a kubelet reports. */
    report(object: KubernetesObject, status: JsonObject): void {
      api.modify(keyOf(api, object), (old) => ({ ...old, status: { ...objectAt(old["status"]), ...status } }), { subresource: "status" });
    },
    /** What events said: "Normal Scheduled: Successfully assigned …". */
    events: (name: string): readonly string[] =>
      ["ns", "default"]
        .flatMap((namespace) => api.list(typeOf(api, "v1", "Event"), { namespace }))
        .filter((event) => field(event, "involvedObject", "name") === name)
        .map((event) => `${String(event["type"])} ${String(event["reason"])}: ${String(event["message"])}`),
  };
}

/** Lets everybody who was told of a change do their work, and what follows from it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await setImmediate();
}

/** A pod's status when it runs, and when it has ended. */
export const running: JsonObject = {
  phase: "Running",
  podIP: "10.244.1.5",
  conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-01-01T00:00:00Z" }],
};
export const ended = (phase: "Succeeded" | "Failed", finishedAt = "2026-01-01T00:00:00Z"): JsonObject => ({
  phase,
  containerStatuses: [
    { name: "c", ready: false, restartCount: 0, image: "x", imageID: "", state: { terminated: { exitCode: phase === "Failed" ? 1 : 0, finishedAt } } },
  ],
});

/** An object's conditions as "Type=Status Reason Message". */
export const conditionsOf = (object: unknown): readonly string[] =>
  list(field(object, "status", "conditions")).map((one) => ["type", "status", "reason", "message"].map((key) => String(field(one, key) ?? "")).join("|"));

const parseObjects = (yaml: string): readonly KubernetesObject[] => parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);

function createIn(api: Api, object: KubernetesObject): KubernetesObject {
  const type = typeOf(api, object.apiVersion ?? "", object.kind ?? "");
  const created = api.create(type, { ...object, metadata: { ...(type.namespaced ? { namespace: "ns" } : {}), ...object.metadata } });
  // The server takes a status from nobody; what a test gives is as if somebody had reported it.
  return object["status"] === undefined
    ? created
    : api.modify(keyOf(api, created), (old) => ({ ...old, status: objectAt(object["status"]) }), { subresource: "status" });
}
