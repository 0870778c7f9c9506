import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { buildTable } from "../../../../embedded/api/http/build-table.ts";
import { builtInTypes, createTypeTable } from "../../../../embedded/api/resource-types.ts";
import { rows } from "./table-rows.ts";

const types = createTypeTable(builtInTypes);
const now = new Date("2026-11-21T15:00:00Z");

function cellsOf({ apiVersion = "", kind = "", ...rest }: KubernetesObject): unknown {
  const type = types.ofKind(apiVersion, kind);
  assert.ok(type, `${apiVersion} ${kind}`);
  const { metadata } = rest;
  const object = { apiVersion, kind, ...rest, metadata: { creationTimestamp: "2026-11-21T14:58:00Z", ...metadata } };
  return field(buildTable(type, [object], { metadata: {}, include: "None", now }), "rows", "0", "cells");
}

test("rows have the cells that the real server gave for the same objects", () => {
  for (const [object, cells] of rows) assert.deepEqual(cellsOf(object), cells, `${object.kind} ${object.metadata.name}`);
});

test("a finished pod's row says so", () => {
  const pods = types.ofKind("v1", "Pod");
  assert.ok(pods);
  const pod = (phase: string): KubernetesObject => ({ metadata: { name: phase }, status: { phase } });
  const table = buildTable(pods, ["Running", "Succeeded", "Failed"].map(pod), { metadata: {}, include: "None", now });
  const conditions = [0, 1, 2].map((index) => field(table, "rows", String(index), "conditions", "0", "message"));
  assert.deepEqual(conditions, [undefined, "The pod has completed successfully.", "The pod failed."]);
});

test("rows carry what was asked for, and kinds without a printer their age or their time", () => {
  const ranges = types.ofKind("v1", "LimitRange");
  assert.ok(ranges);
  const object = { metadata: { name: "a", creationTimestamp: "2026-11-21T14:58:00Z" }, spec: {} };
  const build = (include: "None" | "Metadata" | "Object") => buildTable(ranges, [object], { metadata: {}, include, now });
  assert.deepEqual(field(build("None"), "rows"), [{ cells: ["a", "2026-11-21T14:58:00Z"], object: null }]);
  assert.deepEqual(Object.keys(field(build("Metadata"), "rows", "0", "object") ?? {}), ["kind", "apiVersion", "metadata"]);
  assert.equal(field(build("Object"), "rows", "0", "object", "kind"), "LimitRange");
  assert.equal(field(buildTable(ranges, [], { metadata: {}, include: "None", now }), "rows"), undefined);
  const custom = { ...ranges, group: "example.com", kind: "Sounding" };
  assert.deepEqual(field(buildTable(custom, [object], { metadata: {}, include: "None", now }), "rows", "0", "cells"), ["a", "2m"]);
});
