import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { buildPluginDocument } from "../../../cli/plugins/render-plugin-file.ts";
import { readDocument } from "../../../cli/plugins/read-document.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import { parsePluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { pluginSchema } from "../../../core/contract/plugin-schema.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { assertGolden } from "../../golden.ts";

const dialects = ["sonobuoy", "asdic/v1"] as const;
const compile = (dialect: (typeof dialects)[number]): ValidateFunction =>
  new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(pluginSchema(dialect));
const validators = { sonobuoy: compile("sonobuoy"), "asdic/v1": compile("asdic/v1") };
const validate = (value: Json): boolean => validators[isJsonObject(value) && value["apiVersion"] === "asdic/v1" ? "asdic/v1" : "sonobuoy"](value);

/** Every plugin file of ours that is YAML at all, good ones and bad ones. */
const root = join(import.meta.dirname, "../../..");
const files = globSync("test/{e2e/plugins,fixtures/plugins/lint,fixtures/embedded/plugins}/**/*.{yaml,yml}", { cwd: root }).toSorted();
const documents = files.flatMap((file) => {
  const document = readDocument(readFileSync(join(root, file), "utf8"), file);
  return "problems" in document ? [] : [{ file, value: document.value }];
});

/** What the schema refuses because the API server will, and the parser leaves to that. */
const stricter = ["test/fixtures/plugins/lint/wrong-type.yaml"];

test("there are fixtures on both sides", () => {
  assert.ok(documents.length > 50);
  assert.ok(documents.some(({ value }) => !validate(value)));
});

for (const { file, value } of documents)
  test(`schema and parser agree on ${file}`, () => assert.equal(validate(value), "definition" in parsePluginDefinition(value) && !stricter.includes(file)));

for (const { names, definition } of builtInPlugins)
  test(`the schema takes ${names[0]}`, () => assert.ok(validate(JSON.parse(JSON.stringify(buildPluginDocument(definition({ name: names[0] })))) as Json)));

const config = { driver: "Job", "plugin-name": "a" };
const spec = { image: "x" };
const cases: readonly { readonly what: string; readonly value: JsonObject; readonly isGood: boolean }[] = [
  { what: "a driver in any case", value: { "sonobuoy-config": { ...config, driver: "DAEMONset" }, spec }, isGood: true },
  { what: "a result format in any case", value: { "sonobuoy-config": { ...config, "result-format": "JUnit" }, spec }, isGood: true },
  { what: "an empty result format", value: { "sonobuoy-config": { ...config, "result-format": "" }, spec }, isGood: true },
  { what: "another result format", value: { "sonobuoy-config": { ...config, "result-format": "xml" }, spec }, isGood: false },
  {
    what: "nulls where Sonobuoy writes them",
    value: { "sonobuoy-config": { ...config, order: null, "result-files": null, description: null }, spec, podSpec: null },
    isGood: true,
  },
  { what: "a result file in a folder", value: { "sonobuoy-config": { ...config, "result-files": ["a/b"] }, spec }, isGood: false },
  { what: "a reserved name", value: { "sonobuoy-config": { ...config, "plugin-name": "sonobuoy" }, spec }, isGood: false },
  { what: "no image", value: { "sonobuoy-config": config, spec: {} }, isGood: false },
  { what: "a field of ours in Sonobuoy's format", value: { "sonobuoy-config": config, spec, timeout: 5 }, isGood: false },
  { what: "a field of nobody's in Sonobuoy's format", value: { "sonobuoy-config": config, spec, whatever: 5 }, isGood: true },
  { what: "a field of nobody's in ours", value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, whatever: 5 }, isGood: false },
  { what: "a time-out of nothing", value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, timeout: 0 }, isGood: false },
  { what: "permissions", value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, permissions: { cluster: [{ verbs: ["get"] }] } }, isGood: true },
  { what: "a rule without verbs", value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, permissions: { cluster: [{}] } }, isGood: false },
  {
    what: "needs in both forms",
    value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, needs: ["b", { plugin: "c", required: false }] },
    isGood: true,
  },
  { what: "a need of nothing", value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, needs: [{}] }, isGood: false },
  {
    what: "secrets in both places",
    value: {
      apiVersion: "asdic/v1",
      "sonobuoy-config": config,
      spec,
      secrets: [
        { name: "s", env: "S" },
        { name: "s", file: "/s" },
      ],
    },
    isGood: true,
  },
  {
    what: "a secret in two places at once",
    value: { apiVersion: "asdic/v1", "sonobuoy-config": config, spec, secrets: [{ name: "s", env: "S", file: "/s" }] },
    isGood: false,
  },
];
for (const { what, value, isGood } of cases)
  test(`schema and parser ${isGood ? "take" : "refuse"} ${what}`, () =>
    assert.deepEqual([validate(value), "definition" in parsePluginDefinition(value)], [isGood, isGood]));

for (const dialect of dialects)
  test(`every field of ${dialect} is described`, () => {
    assert.deepEqual(undescribed(pluginSchema(dialect), ""), []);
    assertGolden(`cli/plugins/schema-${dialect.replace("/", "-")}.json`, `${JSON.stringify(pluginSchema(dialect), null, 2)}\n`);
  });

/** Paths of the fields without a description; what is in a Kubernetes object is Kubernetes' to describe. */
function undescribed(schema: JsonObject, path: string): readonly string[] {
  const { properties, items } = schema;
  return [
    ...Object.entries(isJsonObject(properties) && path !== "spec.env.*" ? properties : {}).flatMap(([name, field]) => {
      const here = path === "" ? name : `${path}.${name}`;
      if (!isJsonObject(field)) return [here];
      return [...(typeof field["description"] === "string" ? [] : [here]), ...undescribed(field, here)];
    }),
    ...(isJsonObject(items) ? undescribed(items, `${path}.*`) : []),
  ];
}
