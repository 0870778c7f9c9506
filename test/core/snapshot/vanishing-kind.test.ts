import assert from "node:assert/strict";
import { test } from "node:test";
import { snapshotDefaults } from "../../../core/contract/snapshot-defaults.ts";
import { field, list } from "../../../core/kubernetes/field.ts";
import { readSnapshot } from "../../../core/snapshot/read-snapshot.ts";
import { answerJson, startApiServer } from "../cluster/api-server.ts";
import { memoryWriter } from "./memory-writer.ts";

const names = ["widgets", "gadgets", "gizmos"];
const resources = names.map((plural) => ({ resource: plural, responseKind: { kind: plural }, scope: "Namespaced", singularResource: "", verbs: ["list"] }));
const discovery = { kind: "APIGroupDiscoveryList", items: [{ metadata: { name: "x.test" }, versions: [{ version: "v1", resources }] }] };
const gone = { kind: "Status", reason: "NotFound", message: "the server could not find the requested resource", code: 404 };
const page = (token: string, name: string): object => ({ metadata: { continue: token }, items: [{ metadata: { name, namespace: "shop" } }] });

test("a kind that goes away before its list costs itself, and one that does so between two pages what had not come yet", async () => {
  const { cluster } = await startApiServer(({ path, query }, response) => {
    if (path === "/api") return answerJson(response, { kind: "APIGroupDiscoveryList", items: [] });
    if (path === "/apis") return answerJson(response, discovery);
    if (path.endsWith("/widgets")) return answerJson(response, page("", "whole"));
    if (path.endsWith("/gadgets") && query.get("continue") === null) return answerJson(response, page("1", "first"));
    return answerJson(response, gone, 404);
  });
  const memory = memoryWriter();
  const signal = AbortSignal.timeout(60_000);
  const options = { ...snapshotDefaults, server: "none", kubelets: false, logs: undefined } as const;
  const { coverage } = await readSnapshot(cluster, { options, writer: memory.writer, redaction: undefined, signal });
  const failures = coverage.failures.map(({ verb, resource, code, reason }) => `${verb} ${resource} ${code} ${reason}`);
  assert.deepEqual(failures.toSorted(), ["list gadgets.x.test 404 NotFound", "list gizmos.x.test 404 NotFound"]);
  const found = names.map((name) =>
    list(field(memory.json(`resources/ns/shop/x.test_v1_${name}.json`), "items")).map((item) => field(item, "metadata", "name")),
  );
  assert.deepEqual(found, [["whole"], ["first"], []]);
});

test("a kind that appears while a snapshot is read costs it nothing, and one that is announced before it is served costs itself", async () => {
  let isThere = false;
  let isServed = false;
  const { cluster } = await startApiServer(({ path }, response) => {
    if (path === "/api") return answerJson(response, { kind: "APIGroupDiscoveryList", items: [] });
    const announced = resources.filter(({ resource }) => resource !== "gizmos" || isThere);
    if (path === "/apis")
      return answerJson(response, { ...discovery, items: [{ metadata: { name: "x.test" }, versions: [{ version: "v1", resources: announced }] }] });
    if (path.endsWith("/gizmos") && !isServed) return answerJson(response, gone, 404);
    isThere = true;
    return answerJson(response, page("", "whole"));
  });
  const take = async (): Promise<readonly string[]> => {
    const options = { ...snapshotDefaults, server: "none", kubelets: false, logs: undefined } as const;
    const { writer, files } = memoryWriter();
    const { coverage } = await readSnapshot(cluster, { options, writer, redaction: undefined, signal: AbortSignal.timeout(60_000) });
    const found = [...files].filter(([name, content]) => name.startsWith("resources/") && content.includes("whole")).map(([name]) => name.replace(/.*_/, ""));
    return [...found.toSorted(), ...coverage.failures.map(({ resource, code }) => `${resource} ${code}`)];
  };
  assert.deepEqual(await take(), ["gadgets.json", "widgets.json"]);
  assert.deepEqual(await take(), ["gadgets.json", "widgets.json", "gizmos.x.test 404"]);
  isServed = true;
  assert.deepEqual(await take(), ["gadgets.json", "gizmos.json", "widgets.json"]);
});
