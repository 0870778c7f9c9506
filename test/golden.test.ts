import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { compareGolden } from "./golden.ts";

const folder = mkdtempSync(join(tmpdir(), "asdic-golden-"));
test.after(() => rmSync(folder, { recursive: true }));

test("a text that equals its golden passes, and the file stays", () => {
  const file = join(folder, "same.txt");
  writeFileSync(file, "a\nb\n");
  compareGolden({ file, actual: "a\nb\n", update: false });
  assert.equal(readFileSync(file, "utf8"), "a\nb\n");
});

test("a text that differs fails with the line, both texts and the command that accepts it", () => {
  const file = join(folder, "differs.txt");
  writeFileSync(file, "a\nb\n");
  assert.throws(
    () => compareGolden({ file, actual: "a\nc\n", update: false }),
    ({ message }: Error) => /npm run golden/.test(message) && message.includes("line 2:\n- b\n+ c"),
  );
  assert.equal(readFileSync(file, "utf8"), "a\nb\n");
});

test("a golden that is not there fails instead of being made", () => {
  assert.throws(() => compareGolden({ file: join(folder, "none.txt"), actual: "a", update: false }), /no golden .*none\.txt.*npm run golden/s);
});

test("an update writes what is new or different, folders included", () => {
  const file = join(folder, "deep/er/new.txt");
  compareGolden({ file, actual: "first", update: true });
  compareGolden({ file, actual: "second", update: true });
  assert.equal(readFileSync(file, "utf8"), "second");
});
