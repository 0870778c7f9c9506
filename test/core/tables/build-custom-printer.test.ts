import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../core/contract/json.ts";
import { buildCustomPrinter } from "../../../core/tables/build-custom-printer.ts";

const now = new Date("2026-11-21T10:00:00Z");
const object = {
  metadata: { name: "w", creationTimestamp: "2026-11-21T09:00:00Z" },
  spec: { size: 3.7, ok: true, at: "2026-11-21T09:58:30Z", words: ["a"], text: "t" },
};
const column = (name: string, type: string, jsonPath: string): JsonObject => ({ name, type, jsonPath });
const definition = {
  metadata: { name: "widgets.example.test" },
  spec: {
    versions: [
      { name: "v1", additionalPrinterColumns: [] },
      {
        name: "v2",
        additionalPrinterColumns: [
          column("Size", "integer", ".spec.size"),
          column("Rate", "number", ".spec.size"),
          column("OK", "boolean", ".spec.ok"),
          column("Since", "date", ".spec.at"),
          column("Text", "string", ".spec.text"),
          { ...column("Words", "string", ".spec.words"), priority: 1 },
          column("Wrong", "integer", ".spec.text"),
          column("Gone", "string", ".spec.gone"),
          column("Broken", "string", "spec["),
        ],
      },
    ],
  },
};

test("columns are those of the definition's version, and cells are of their types", () => {
  const printer = buildCustomPrinter(definition, "v2");
  assert.deepEqual(
    printer.columns.map(({ name, priority }) => `${name}${priority === 1 ? "*" : ""}`),
    ["Name", "Size", "Rate", "OK", "Since", "Text", "Words*", "Wrong", "Gone", "Broken"],
  );
  assert.deepEqual(printer.cells(object, now), ["w", 3, 3.7, true, "90s", "t", '["a"]', null, null, null]);
});

test("a version without columns has name and age", () => {
  for (const version of ["v1", "v9"]) assert.deepEqual(buildCustomPrinter(definition, version).cells(object, now), ["w", "60m"]);
});
