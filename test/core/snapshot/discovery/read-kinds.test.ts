import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseKinds } from "../../../../core/snapshot/discovery/choose-kinds.ts";
import { readKinds } from "../../../../core/snapshot/discovery/read-kinds.ts";
import { createAsker } from "../../../../core/snapshot/requests/ask.ts";
import { createRecord } from "../../../../core/snapshot/snapshot-record.ts";
import { qualifiedPlural, snapshotFile } from "../../../../core/contract/snapshot-kind.ts";
import { answerJson, startApiServer, type Received } from "../../cluster/api-server.ts";

const signal = new AbortController().signal;

/** What a server that answers these paths, and 404 to all others, is known to have. */
async function discover(
  answers: Readonly<Record<string, object>>,
  status: (request: Received) => number = () => 200,
): Promise<{ kinds: readonly string[]; failures: readonly string[] }> {
  const { cluster } = await startApiServer((request, response) => {
    const answer = answers[request.path];
    answerJson(response, answer ?? { kind: "Status", reason: "NotFound" }, answer ? status(request) : 404);
  });
  const record = createRecord(signal);
  const asker = createAsker(cluster, { requestsPerSecond: 1000, maxSeconds: 60, signal });
  const kinds = await readKinds({ asker, record, groups: { only: [], except: ["left-out.test"] } });
  return {
    kinds: kinds.map((kind) => `${snapshotFile(kind)} ${kind.kind} ${kind.namespaced ? "ns" : "-"} ${kind.shortNames.join()}`),
    failures: record.failures.map(({ resource, code }) => `${resource} ${code}`),
  };
}

const resource = (plural: string, kind: string, scope: string): object => ({
  resource: plural,
  responseKind: { group: "", version: "", kind },
  scope,
  singularResource: "",
  verbs: kind === "Binding" ? ["create"] : ["list", "get"],
  shortNames: [plural.slice(0, 2)],
});
const group = (name: string, versions: readonly object[]): object => ({ metadata: name === "" ? {} : { name }, versions });
const list = (items: readonly object[]): object => ({ kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", items });

test("one answer for each root names all kinds, each in the first version that has it", async () => {
  const { kinds, failures } = await discover({
    "/api": list([group("", [{ version: "v1", resources: [resource("pods", "Pod", "Namespaced"), resource("bindings", "Binding", "Namespaced")] }])]),
    "/apis": list([
      group("example.test", [
        { version: "v2", resources: [resource("things", "Thing", "Cluster")] },
        { version: "v1", resources: [resource("things", "Thing", "Cluster"), resource("olds", "Old", "Namespaced")] },
      ]),
    ]),
  });
  assert.deepEqual([kinds, failures], [["core_v1_pods Pod ns po", "example.test_v2_things Thing - th", "example.test_v1_olds Old ns ol"], []]);
});

test("a group whose own server is away costs only itself", async () => {
  const { kinds, failures } = await discover({
    "/api": list([group("", [{ version: "v1", resources: [resource("pods", "Pod", "Namespaced")] }])]),
    "/apis": list([
      group("left-out.test", [{ version: "v1", freshness: "Stale" }]),
      group("metrics.k8s.io", [{ version: "v1beta1", freshness: "Stale", resources: [resource("pods", "PodMetrics", "Namespaced")] }]),
    ]),
  });
  assert.deepEqual([kinds, failures], [["core_v1_pods Pod ns po"], ["/apis/metrics.k8s.io/v1beta1 404"]]);
});

const oldResource = (name: string, kind: string): object => ({ name, kind, namespaced: true, singularName: "", verbs: ["list"], shortNames: ["x"] });
const old = {
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/api/v1": { kind: "APIResourceList", groupVersion: "v1", resources: [oldResource("pods", "Pod"), oldResource("pods/log", "Pod")] },
  "/apis": {
    kind: "APIGroupList",
    groups: [
      { name: "apps", versions: [{ groupVersion: "apps/v1beta1" }, { groupVersion: "apps/v1" }], preferredVersion: { groupVersion: "apps/v1" } },
      { name: "broken.test", versions: [{ groupVersion: "broken.test/v1" }] },
    ],
  },
  "/apis/apps/v1": { groupVersion: "apps/v1", resources: [oldResource("deployments", "Deployment")] },
  "/apis/apps/v1beta1": { groupVersion: "apps/v1beta1", resources: [oldResource("deployments", "Deployment")] },
};

test("an older server is asked version by version, the preferred one first", async () => {
  const { kinds, failures } = await discover(old);
  assert.deepEqual([kinds, failures], [["core_v1_pods Pod ns x", "apps_v1_deployments Deployment ns x"], ["/apis/broken.test/v1 404"]]);
});

test("a root that can't be had costs only itself, and of the core group what is everywhere is tried", async () => {
  const { kinds, failures } = await discover(old, ({ path }) => (path === "/api" ? 403 : 200));
  assert.deepEqual([kinds.at(-1), failures.toSorted()], ["apps_v1_deployments Deployment ns x", ["/api 403", "/apis/broken.test/v1 404"]]);
  assert.deepEqual(
    kinds.slice(0, -1).map((kind) => kind.split(" ")[0]),
    "nodes namespaces pods events services configmaps persistentvolumeclaims".split(" ").map((plural) => `core_v1_${plural}`),
  );
});

test("names that would lead out of a folder are nobody's", async () => {
  const { kinds } = await discover({
    "/api": list([
      group("", [
        { version: "..", resources: [resource("pods", "Pod", "Namespaced")] },
        { version: "v1", resources: [resource("../x", "Pod", "Namespaced")] },
      ]),
    ]),
    "/apis": list([
      group("core", [{ version: "v1", resources: [resource("pods", "Pod", "Namespaced")] }]),
      group("a_b", [{ version: "v1", resources: [resource("c", "C", "Cluster")] }]),
    ]),
  });
  assert.deepEqual(kinds, []);
});

const kind = (name: string, kindName: string): Parameters<typeof chooseKinds>[0][number] => {
  const [plural = "", ...groups] = name.split(".");
  return { group: groups.join("."), version: "v1", plural, kind: kindName, singular: "", shortNames: [], namespaced: true };
};
const known = [
  kind("secrets", "Secret"),
  kind("services", "Service"),
  kind("pods", "Pod"),
  kind("nodes", "Node"),
  kind("events", "Event"),
  kind("events.events.k8s.io", "Event"),
  kind("services.serving.knative.dev", "Service"),
  kind("secrets.vault.test", "Secret"),
];
const wishes = (kinds: string, groups = "", secrets: "none" | "metadata" = "none"): Parameters<typeof chooseKinds>[1] => {
  const selection = (text: string): { only: string[]; except: string[] } => {
    const names = text.split(" ").filter((name) => name !== "");
    return { only: names.filter((name) => !name.startsWith("!")), except: names.filter((name) => name.startsWith("!")).map((name) => name.slice(1)) };
  };
  return { kinds: selection(kinds), groups: selection(groups), secrets };
};
const choices: readonly (readonly [Parameters<typeof chooseKinds>[1], string])[] = [
  [wishes(""), "nodes pods events services services.serving.knative.dev"],
  [wishes("", "", "metadata"), "nodes pods events services secrets services.serving.knative.dev secrets.vault.test"],
  [wishes("secrets"), ""],
  [wishes("Service"), "services services.serving.knative.dev"],
  [wishes("services.serving.knative.dev"), "services.serving.knative.dev"],
  [wishes("!services"), "nodes pods events"],
  [wishes("", "core"), "nodes pods events services"],
  [wishes("", "*.dev"), "services.serving.knative.dev"],
  [wishes("events.events.k8s.io"), "events.events.k8s.io"],
];
for (const [wish, expected] of choices)
  test(`of ${JSON.stringify(wish)} these are read, what matters most first: ${expected}`, () =>
    assert.equal(chooseKinds(known, wish).map(qualifiedPlural).join(" "), expected));
