import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { parse } from "yaml";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { builtInTypes } from "../../../../embedded/api/resource-types.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";
import { StatusError } from "../../../../embedded/api/status-error.ts";

const folder = new URL("../../../fixtures/embedded/schema/", import.meta.url);
const requests: unknown = parse(await readFile(new URL("decode.yaml", folder), "utf8"));
const answers: unknown = JSON.parse(await readFile(new URL("decode.json", folder), "utf8"));
const schema = createSchema();

for (const request of list(requests)) {
  const name = text(field(request, "name"));
  void test(`${name} is refused in the words of the real API server`, () => {
    const expected = text(field(list(field(answers, name))[0], "message"));
    const plural = text(field(request, "path")).split("/").at(-1);
    const type = builtInTypes.find((known) => known.plural === plural);
    assert.ok(type);
    const object = parseObject(field(request, "body"));
    assert.equal(
      read(() => schema.decode(type, object)) ?? `Strict: ${schema.unknownFields(type, object).join(", ")}`,
      expected.replace(/^.*strict decoding error/, "Strict"),
    );
  });
}

void test("what Go leaves out is left out, and what says something stays", () => {
  const [pods] = builtInTypes.filter(({ kind }) => kind === "Pod");
  assert.ok(pods);
  const given = parseObject({
    metadata: { name: "a", labels: null, annotations: { a: null } },
    spec: {
      hostNetwork: false,
      volumes: [],
      containers: [null, { name: "a", stdin: false, args: null, env: [{ name: "A", value: "" }], securityContext: { runAsUser: 0, runAsNonRoot: false } }],
    },
  });
  assert.deepEqual(schema.decode(pods, given), {
    metadata: { name: "a", annotations: { a: "" } },
    spec: { containers: [{}, { name: "a", env: [{ name: "A" }], securityContext: { runAsUser: 0, runAsNonRoot: false } }] },
  });
});

void test("a kind without a schema keeps what it has", () => {
  const widgets = {
    group: "example.com",
    version: "v1",
    kind: "Widget",
    plural: "widgets",
    singular: "widget",
    namespaced: true,
    shortNames: [],
    categories: [],
    subresources: [],
    verbs: [],
  };
  const object = parseObject({ metadata: { name: "a" }, spec: { anything: [null] } });
  assert.equal(schema.decode(widgets, object), object);
  assert.deepEqual(schema.unknownFields(widgets, object), []);
  assert.deepEqual(schema.validate(widgets, object), []);
});

function read(decode: () => unknown): string | undefined {
  try {
    decode();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof StatusError);
    assert.equal(error.code, 400);
    return error.message;
  }
}

function parseObject(value: unknown): KubernetesObject {
  return value as KubernetesObject;
}
