import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { parseEntryName, quoteName } from "../../../core/archive/safe-name.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

for (const [raw, clean] of [
  ["a", "a"],
  ["./a", "a"],
  ["././a/./b//c/", "a/b/c"],
  ["._a", "._a"],
  ["...", "..."],
  ["a..b/..c", "a..b/..c"],
  ["resources/ns/a b/ü.json", "resources/ns/a b/ü.json"],
  ["ab:c", "ab:c"],
  ["x/C:/y", "x/C:/y"],
] as const)
  test(`${JSON.stringify(raw)} is the entry ${JSON.stringify(clean)}`, () => assert.equal(parseEntryName(raw), clean));

for (const [raw, why] of [
  ["", /is empty/],
  ["./", /is empty/],
  ["..", /leads out/],
  ["a/../../b", /leads out/],
  ["a/..", /leads out/],
  ["/etc/passwd", /is absolute/],
  ["C:/Windows", /drive/],
  ["./c:x", /drive/],
  ["..\\..\\x", /backslash/],
  ["a\0.txt", /control character/],
  ["a\u001b[2Jb", /control character/],
  ["a\u009b2Jb", /control character/],
  ["a/".repeat(3000) + "b", /longer than 4096/],
] as const)
  test(`an entry named ${quoteName(raw.slice(0, 20))} is refused: ${why.source}`, () => {
    assert.throws(
      () => parseEntryName(raw),
      (error) => isKnownError(error) && error.code === "invalid-tarball" && error.hint !== undefined && why.test(error.message),
    );
  });

test("a refused name does not reach the message as it is", () => {
  assert.throws(
    () => parseEntryName("../\u001b]0;x\u0007\u009b\u202egnp.exe"),
    (error) => isKnownError(error) && !/[\p{Cc}\u202e]/u.test(error.message),
  );
});

test("whatever is accepted stays below its folder, and is a name of itself", () => {
  const parts = fc.array(fc.oneof(fc.constantFrom("..", ".", "", "a", "C:", "\\", "\0", "~"), fc.string({ unit: "binary" })), { maxLength: 6 });
  fc.assert(
    fc.property(parts, (names) => {
      let name: string;
      try {
        name = parseEntryName(names.join("/"));
      } catch (error) {
        assert.ok(isKnownError(error));
        return;
      }
      assert.equal(parseEntryName(name), name);
      assert.ok(!name.startsWith("/") && !name.split("/").some((part) => part === ".." || part === "." || part === ""));
      assert.ok(!/[\p{Cc}\\]/u.test(name));
    }),
  );
});
