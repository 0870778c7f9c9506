import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInTypes, createTypeTable } from "../../../embedded/api/resource-types.ts";

const table = createTypeTable(builtInTypes);

test("types are found by path and by what objects say of themselves", () => {
  assert.equal(table.find("apps", "v1", "deployments")?.kind, "Deployment");
  assert.equal(table.find("", "v1", "pods"), table.ofKind("v1", "Pod"));
  assert.equal(table.find("", "v1", "deployments"), undefined);
  assert.equal(table.ofKind("apps/v1beta1", "Deployment"), undefined);
  assert.equal(table.all(), builtInTypes);
});

test("no two types share a path or a kind", () => {
  for (const names of [
    builtInTypes.map(({ group, plural }) => `${group}/${plural}`),
    builtInTypes.map(({ group, version, kind }) => `${group}/${version} ${kind}`),
  ])
    assert.equal(new Set(names).size, names.length);
});

/** As `kubectl api-resources` of a 1.36 cluster shows them. */
const known: readonly (readonly [plural: string, shortNames: string, categories: string, subresources: string, verbs: number])[] = [
  ["pods", "po", "all", "attach,binding,ephemeralcontainers,eviction,exec,log,portforward,proxy,resize,status", 8],
  ["namespaces", "ns", "", "finalize,status", 7],
  ["deployments", "deploy", "all", "scale,status", 8],
  ["customresourcedefinitions", "crd,crds", "api-extensions", "status", 8],
  ["configmaps", "cm", "", "", 8],
  ["tokenreviews", "", "", "", 1],
];

for (const [plural, shortNames, categories, subresources, verbs] of known)
  test(`${plural} are as a real server's discovery tells them`, () => {
    const type = builtInTypes.find((one) => one.plural === plural);
    assert.deepEqual(
      [type?.shortNames.join(), type?.categories.join(), type?.subresources.join(), type?.verbs.length],
      [shortNames, categories, subresources, verbs],
    );
  });
