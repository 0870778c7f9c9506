import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { buildTable } from "../../../../embedded/api/http/table/build-table.ts";
import { renderDuration } from "../../../../embedded/api/http/table/render-duration.ts";
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

test("ages are told in the one or two units that matter", () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
  const cases: readonly (readonly [number, string])[] = [
    [-5 * second, "<invalid>"],
    [-second / 2, "0s"],
    [119 * second, "119s"],
    [2 * minute, "2m"],
    [9 * minute + 59 * second, "9m59s"],
    [10 * minute + 5 * second, "10m"],
    [179 * minute, "179m"],
    [3 * hour, "3h"],
    [7 * hour + 5 * minute, "7h5m"],
    [47 * hour, "47h"],
    [2 * day, "2d"],
    [7 * day + 3 * hour, "7d3h"],
    [8 * day + 3 * hour, "8d"],
    [729 * day, "729d"],
    [730 * day, "2y"],
    [800 * day, "2y70d"],
    [8 * 365 * day + day, "8y"],
  ];
  for (const [milliseconds, text] of cases) assert.equal(renderDuration(milliseconds), text);
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
