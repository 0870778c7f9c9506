import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Fails unless the text is what test/golden/<path> holds; under `npm run golden` it writes the file instead, for `git diff` to judge. */
export function assertGolden(path: string, actual: string): void {
  compareGolden({ file: join(import.meta.dirname, "golden", path), actual, update: process.env["ASDIC_GOLDEN"] === "update" });
}

/** The same for any file, told whether to write. */
export function compareGolden({ file, actual, update }: { readonly file: string; readonly actual: string; readonly update: boolean }): void {
  const expected = readGolden(file);
  if (expected === actual) return;
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  const advice = "If the new text is right, run `npm run golden` (for test/e2e: `ASDIC_GOLDEN=update npm run e2e`) and read the diff.";
  if (expected === undefined) assert.fail(`There is no golden ${file}. ${advice}\n${actual}`);
  assert.equal(actual, expected, `Not what ${file} says. ${advice}\n${renderFirstDifference(expected, actual)}`);
}

function readGolden(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function renderFirstDifference(expected: string, actual: string): string {
  const [was, is] = [expected.split("\n"), actual.split("\n")];
  const line = was.findIndex((text, index) => text !== is[index]);
  const at = line === -1 ? was.length : line;
  return `First difference in line ${at + 1}:\n- ${was[at] ?? "(end)"}\n+ ${is[at] ?? "(end)"}`;
}
