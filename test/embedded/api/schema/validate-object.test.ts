import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { parse } from "yaml";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { applyMergePatch } from "../../../../embedded/api/patch/merge-patch.ts";
import { builtInTypes } from "../../../../embedded/api/resource-types.ts";
import type { ResourceType } from "../../../../embedded/api/resource-type.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";

const folder = new URL("../../../fixtures/embedded/schema/", import.meta.url);
const readRequests = async (name: string): Promise<readonly unknown[]> => list(parse(await readFile(new URL(`${name}.yaml`, folder), "utf8")));
const readAnswers = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`${name}.json`, folder), "utf8"));
const schema = createSchema();

/** Whose refusal it is: what is no object of its own is left to the registry. */
const answers = await readAnswers("invalid");
for (const request of await readRequests("invalid")) {
  const name = text(field(request, "name"));
  void test(`${name} is refused in the words of the real API server`, () => {
    const type = typeOf(text(field(request, "path")));
    const object = schema.applyDefaults(type, schema.decode(type, withNamespace(parseObject(field(request, "body")))));
    compare(schema.validate(type, object), list(field(answers, name))[0]);
  });
}

const updates = await readAnswers("updates");
for (const request of await readRequests("updates")) {
  const name = text(field(request, "name"));
  void test(`${name} changes only where the real API server lets it`, () => {
    const type = typeOf(text(field(request, "path")));
    const [created, ...given] = list(field(updates, name));
    const old = parseObject(created);
    list(field(request, "steps")).forEach((step, index) => {
      const patched = parseObject(applyMergePatch(old, parseObject(field(step, "body"))));
      const object = schema.applyDefaults(type, schema.decode(type, withNamespace(patched)));
      compare(schema.validate(type, object, old), given[index]);
    });
  });
}

/** Metadata, immutable content and how a Job finds its pods are the registry's. */
function compare(found: readonly unknown[], answer: unknown): void {
  const expected = field(answer, "status") === "Failure" ? list(field(answer, "details", "causes")) : [];
  const ours = (causes: readonly unknown[]): readonly string[] =>
    causes
      .map(render)
      .filter(
        (cause) =>
          !/ metadata\.(labels|annotations|name):| (immutable|data|binaryData|type): .*immutable|not auto-generated|spec\.selector: Required value$|labels: .*(null|controller-uid).*does not match/.test(
            cause,
          ),
      );
  assert.deepEqual(inOrder(ours(found)), inOrder(ours(expected)));
}

/** Go goes through a map of resources in any order. */
function inOrder(causes: readonly string[]): readonly string[] {
  return causes.some((cause) => cause.includes(".resources.limits[")) ? causes.toSorted() : causes;
}

/** Without what Go's server quotes of its own structs, and the comparison of specs that it adds. */
function render(cause: unknown): string {
  const message = text(field(cause, "message"))
    .replace(/\n@@[\s\S]*$/, "")
    .replace(
      /^Invalid value: (\{|\[\{)"?[\s\S]*[}\]]: (?!`selector`|may not|taints|minAvailable|cannot change|empty|invalid label|must be '|field is immutable$)/,
      "Invalid value: …: ",
    );
  return `${text(field(cause, "reason"))} ${text(field(cause, "field"))}: ${message.replace(/^Invalid value: \{"Volumes".*\}: /, "Invalid value: …: ").replace(/^Invalid value: \{"containers".*\}: field/, "Invalid value: …: field")}`;
}

function parseObject(value: unknown): KubernetesObject {
  return value as KubernetesObject;
}

function withNamespace(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { namespace: "brief-schema", ...object.metadata } };
}

function typeOf(path: string): ResourceType {
  const [, group = "", version, plural] = /^\/(?:api|apis\/([^/]+))\/(v\d)(?:\/namespaces\/[^/]+)?\/([^/]+)$/.exec(path) ?? [];
  const type = builtInTypes.find((known) => known.group === group && known.version === version && known.plural === plural);
  assert.ok(type, path);
  return type;
}
