import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { parse } from "yaml";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { builtInTypes } from "../../../../embedded/api/resource-types.ts";
import type { ResourceType } from "../../../../embedded/api/resource-type.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";

const folder = new URL("../../../fixtures/embedded/schema/", import.meta.url);
const requests: unknown = parse(await readFile(new URL("defaults.yaml", folder), "utf8"));
const answers: unknown = JSON.parse(await readFile(new URL("defaults.json", folder), "utf8"));
const schema = createSchema();

for (const request of list(requests)) {
  const name = text(field(request, "name"));
  void test(`${name} gets the defaults that the real API server gives it`, () => {
    const [answer] = list(field(answers, name));
    const expected = parseObject(answer);
    const type = typeOf(expected);
    const object = parseObject(field(request, "body"));
    const filled = schema.applyDefaults(type, schema.decode(type, { ...object, apiVersion: text(expected.apiVersion), kind: type.kind }));
    assert.deepEqual(comparable(filled, expected), comparable(expected, filled));
    assert.deepEqual(schema.applyDefaults(type, schema.decode(type, filled)), filled, "twice is once");
    assert.deepEqual(schema.unknownFields(type, object), []);
    assert.deepEqual(schema.unknownFields(type, expected), [], "the server's own answer has only known fields");
    assert.deepEqual(schema.validate(type, expected), [], "the server's own answer is well");
  });
}

/** Without what admission and the registry write. */
function comparable(object: KubernetesObject, other: KubernetesObject): JsonObject {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, generation: ____, namespace: _____, managedFields: ______, ...metadata } = object.metadata;
  const isJob = object.kind === "Job";
  const spec = withoutKeys(field(object, "spec"), [
    ...(object.kind === "Pod" ? ["priority", "preemptionPolicy", "serviceAccount", "serviceAccountName", "tolerations"] : []),
    ...(object.kind === "Service" ? ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"] : []),
    ...(object.kind === "Namespace" ? ["finalizers"] : []),
    ...(isJob ? ["selector"] : []),
    ...(object.kind === "Node" ? ["taints"] : []),
  ]);
  const compared = {
    ...object,
    ...(spec === undefined ? {} : { spec: withoutAdmission(spec) }),
    ...(object.kind === "Pod" || object.kind === "PersistentVolume" ? { status: {} } : {}),
    metadata: withoutKeys({ ...metadata, labels: isJob ? {} : metadata.labels }, [
      "finalizers",
      "annotations",
      ...(metadata.name === undefined || other.metadata.name === undefined ? ["name"] : []),
    ]),
  };
  return parseJson(JSON.parse(JSON.stringify(compared)));
}

/** The registry numbers ports and labels a Job's pods; admission mounts the account's token. */
function withoutAdmission(spec: JsonObject): JsonObject {
  const shortened = JSON.stringify(spec, (key, value: unknown) => {
    if (key === "nodePort" || /(controller-uid|job-name)$/.test(key)) return undefined;
    if (key !== "volumes" && key !== "volumeMounts") return value;
    const kept = list(value).filter((item) => !text(field(item, "name")).startsWith("kube-api-access-"));
    return kept.length === 0 ? undefined : kept;
  });
  return parseJson(JSON.parse(shortened.replaceAll('"metadata":{"labels":{}}', '"metadata":{}')));
}

const parseJson = (value: unknown): JsonObject => value as JsonObject;

function withoutKeys(value: unknown, keys: readonly string[]): JsonObject | undefined {
  return value === undefined ? undefined : Object.fromEntries(Object.entries(parseJson(value)).filter(([key]) => !keys.includes(key)));
}

const parseObject = (value: unknown): KubernetesObject => value as KubernetesObject;

function typeOf({ apiVersion, kind }: KubernetesObject): ResourceType {
  const type = builtInTypes.find(
    (known) => known.kind === kind && `${known.group}/${known.version}` === (apiVersion?.includes("/") === true ? apiVersion : `/${apiVersion}`),
  );
  assert.ok(type, `${apiVersion} ${kind}`);
  return type;
}
