import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addQuantities, nanosOf, parseQuantity, renderQuantity } from "../../../core/kubernetes/quantity.ts";

const nano = 10n ** 9n;

// What is written, billionths of it, and how Kubernetes writes it back.
const quantities: readonly (readonly [unknown, bigint, string])[] = [
  ["0", 0n, "0"],
  ["100m", nano / 10n, "100m"],
  ["0.1", nano / 10n, "100m"],
  [".5", nano / 2n, "500m"],
  ["5.", 5n * nano, "5"],
  ["1000m", nano, "1"],
  [4, 4n * nano, "4"],
  ["-1Gi", -(2n ** 30n) * nano, "-1Gi"],
  ["1.5Gi", 3n * 2n ** 29n * nano, "1536Mi"],
  ["1024Mi", 2n ** 30n * nano, "1Gi"],
  ["1000Ki", 1_024_000n * nano, "1000Ki"],
  ["0.5Ki", 512n * nano, "512"],
  ["24581692Ki", 24_581_692n * 1024n * nano, "24581692Ki"],
  ["2e3", 2000n * nano, "2e3"],
  ["12E6", 12_000_000n * nano, "12e6"],
  ["1E", 10n ** 18n * nano, "1E"],
  ["1n", 1n, "1n"],
  ["0.1n", 1n, "1n"],
  ["1500", 1500n * nano, "1500"],
  ["2000000", 2_000_000n * nano, "2M"],
];

for (const [written, nanos, canonical] of quantities) {
  test(`quantity ${JSON.stringify(written)} is read exactly and written as Kubernetes does`, () => {
    const quantity = parseQuantity(written);
    assert.ok(quantity);
    assert.equal(quantity.nanos, nanos);
    assert.equal(renderQuantity(quantity), canonical);
  });
}

test("what Kubernetes would refuse is no quantity", () => {
  for (const written of ["", "abc", "1e", "1 ", "1Gb", "--1", "1.2.3", ".", "Ki", null, undefined, {}, "1_000", "0x10", "1k1", "1e1000"]) {
    assert.equal(parseQuantity(written), undefined, String(written));
    assert.equal(nanosOf(written), 0n);
  }
});

test("a sum keeps the notation of what is there first", () => {
  const sum = (left: string, right: string): string => {
    const [one, other] = [parseQuantity(left), parseQuantity(right)];
    assert.ok(one && other);
    return renderQuantity(addQuantities(one, other));
  };
  assert.equal(sum("0", "1Gi"), "1Gi");
  assert.equal(sum("512Mi", "512Mi"), "1Gi");
  assert.equal(sum("250m", "1"), "1250m");
});

test("what is written is read back as the same amount", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.constantFrom("BinarySI" as const, "DecimalSI" as const, "DecimalExponent" as const),
      (nanos, format) => {
        assert.equal(parseQuantity(renderQuantity({ nanos, format }))?.nanos, nanos);
      },
    ),
  );
});
