import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { snapshotDefaults } from "../../../../core/contract/snapshot-defaults.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import { readSnapshot } from "../../../../core/snapshot/read-snapshot.ts";
import { answerJson, startApiServer, type Received } from "../../cluster/api-server.ts";
import { memoryWriter } from "../memory-writer.ts";

const schema = { openAPIV3Schema: { properties: { spec: { properties: { knock: { type: "string", format: "password" }, colour: { type: "string" } } } } } };
const definition = { metadata: { name: "doors.example.test" }, spec: { names: { kind: "Door" }, versions: [{ name: "v1", schema }] } };
const door = { metadata: { name: "front", namespace: "blue" }, spec: { knock: "twice", colour: "red" } };

const answers: Readonly<Record<string, unknown>> = {
  "/version": { gitVersion: "v1.36.3" },
  "/api": { versions: ["v1"] },
  "/api/v1": { groupVersion: "v1", resources: [] },
  "/apis": {
    groups: ["example.test", "apiextensions.k8s.io"].map((name) => ({
      name,
      versions: [{ groupVersion: `${name}/v1`, version: "v1" }],
      preferredVersion: { groupVersion: `${name}/v1`, version: "v1" },
    })),
  },
  "/apis/example.test/v1": {
    groupVersion: "example.test/v1",
    resources: [{ name: "doors", singularName: "door", kind: "Door", namespaced: true, verbs: ["list"] }],
  },
  "/apis/apiextensions.k8s.io/v1": {
    groupVersion: "apiextensions.k8s.io/v1",
    resources: [{ name: "customresourcedefinitions", singularName: "", kind: "CustomResourceDefinition", namespaced: false, verbs: ["list"] }],
  },
  "/apis/example.test/v1/doors": { metadata: {}, items: [door] },
  "/apis/apiextensions.k8s.io/v1/customresourcedefinitions": { metadata: {}, items: [definition] },
};

async function readDoors(refused: string): Promise<string> {
  const { cluster } = await startApiServer(({ path }: Received, response: ServerResponse) => {
    const answer = path === refused ? undefined : answers[path];
    if (answer === undefined) answerJson(response, { kind: "Status", status: "Failure", reason: "Forbidden", message: "no", code: 403 }, 403);
    else answerJson(response, answer);
  });
  const memory = memoryWriter();
  const redaction = { redactor: createRedactor(), onFile: () => undefined };
  await readSnapshot(cluster, { options: { ...snapshotDefaults, kubelets: false }, writer: memory.writer, redaction, signal: AbortSignal.timeout(30_000) });
  return memory.files.get("resources/ns/blue/example.test_v1_doors.json") ?? "missing";
}

test("a snapshot hides fields that the definition of a custom resource marks as secret, and no others", async () => {
  assert.match(await readDoors(""), /"knock":\s*"REDACTED",\s*"colour":\s*"red"/);
});

test("definitions that may not be read cost no custom resources", async () => {
  assert.match(await readDoors("/apis/apiextensions.k8s.io/v1/customresourcedefinitions"), /"knock":\s*"twice"/);
});
