import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../core/contract/json.ts";
import { redactObject } from "../../../../core/redaction/objects/redact-object.ts";
import { addDefinitions, createRedactor } from "../../../../core/redaction/redactor.ts";
import { createTally } from "../../../../core/redaction/tally.ts";

const text = { type: "string" };
const definition: Json = {
  kind: "CustomResourceDefinition",
  spec: {
    names: { kind: "Door" },
    versions: [
      {
        name: "v1",
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: {
                  entry: { ...text, format: "password" },
                  colour: text,
                  guests: { type: "array", items: { type: "object", properties: { knock: { ...text, "x-kubernetes-sensitive": true }, name: text } } },
                  signs: { type: "object", additionalProperties: { ...text, writeOnly: true } },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const run = (value: Json): Json => redactObject(addDefinitions(createRedactor(), [definition]), value, { tally: createTally(), depth: 0 });

test("what a definition's schema marks as secret is hidden in the resources of its kind, in lists and maps too", () => {
  const spec = { entry: "sesame", colour: "red", guests: [{ knock: "twice", name: "eve" }], signs: { left: "raised hand" } };
  const clean = { entry: "REDACTED", colour: "red", guests: [{ knock: "REDACTED", name: "eve" }], signs: { left: "REDACTED" } };
  const door = { apiVersion: "x.example.test/v1", kind: "Door", spec };
  assert.deepEqual(run(door), { ...door, spec: clean });
  assert.deepEqual(run({ apiVersion: "v1", kind: "List", items: [door] }), { apiVersion: "v1", kind: "List", items: [{ ...door, spec: clean }] });
});

test("resources of other kinds stay, and a definition without a schema says nothing", () => {
  const window = { apiVersion: "x.example.test/v1", kind: "Window", spec: { entry: "sesame" } };
  assert.deepEqual(run(window), window);
  const plain = addDefinitions(createRedactor(), [{ kind: "CustomResourceDefinition", spec: {} }, null, 1]);
  assert.equal(plain.userRules, undefined);
});

test("an annotation that showed nothing before the definition was known is read anew with it", () => {
  const before = createRedactor();
  const note: Json = { metadata: { annotations: { last: JSON.stringify({ kind: "Door", apiVersion: "example.test/v1", spec: { entry: "sesame" } }) } } };
  const place = { tally: createTally(), depth: 0 };
  assert.equal(redactObject(before, note, place), note);
  assert.doesNotMatch(JSON.stringify(redactObject(addDefinitions(before, [definition]), note, place)), /sesame/);
});
