import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createLiteralScanner } from "../../../../core/redaction/text/literal-scanner.ts";

const letters = fc.constantFrom("a", "b", "c", "A", "B", "-", "é");

test("finds each literal wherever it stands, in either case, as a plain search does", () => {
  const literals = fc.uniqueArray(fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(literals, fc.string({ unit: letters, maxLength: 60 }), (list, text) => {
      const found = new Set<string>();
      const bytes = Buffer.from(text, "latin1");
      createLiteralScanner(list)(bytes, bytes.length, (at, index) => found.add(`${at} ${list[index] ?? ""}`));
      const expected = list.flatMap((literal) =>
        [...Array(text.length).keys()].filter((at) => text.toLowerCase().startsWith(literal, at)).map((at) => `${at} ${literal}`),
      );
      assert.deepEqual([...found].toSorted(), expected.toSorted());
    }),
  );
});

test("does not look behind the end that it was given", () => {
  const found: number[] = [];
  createLiteralScanner(["abc"])(Buffer.from("abcabc"), 5, (at) => found.push(at));
  assert.deepEqual(found, [0]);
});
