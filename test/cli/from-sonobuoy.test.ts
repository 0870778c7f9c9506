import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import flagsOfSonobuoy from "../fixtures/sonobuoy-flags.json" with { type: "json" };
import { wholeProgram } from "./whole-program.ts";

const program = wholeProgram();
const optionsOf = (name: string): readonly string[] =>
  program.commands.find((command) => command.name() === name)?.options.flatMap(({ long }) => (typeof long === "string" ? [long] : [])) ?? [];

/** What the page says of each flag of each command: "same", "renamed `--x`" or "left out", with what stands behind it. */
const rows = readFileSync(join(import.meta.dirname, "../../docs/from-sonobuoy.md"), "utf8")
  .split(/^## /m)
  .flatMap((section) => {
    const [title = "", ...lines] = section.split("\n");
    return lines.flatMap((line) => {
      const [, flag, here, note] = /^\| `(--[\w-]+)` \| ([^|]+) \| ([^|]*) ?\|$/.exec(line) ?? [];
      if (flag === undefined || here === undefined) return [];
      return title.split(" and ").map((command) => ({ command, flag, here: wordsFor(command, here), note: note?.trim() ?? "" }));
    });
  });

/** "run: same; gen: left out" says it for each. */
function wordsFor(command: string, here: string): string {
  const own = here.split("; ").find((part) => part.startsWith(`${command}: `));
  return own === undefined ? here : own.slice(command.length + 2);
}

test("the page on Sonobuoy's flags has a row for each of them, and no other", () => {
  const listed = rows.map(({ command, flag }) => `${command} ${flag}`);
  const known = Object.entries(flagsOfSonobuoy).flatMap(([command, flags]) => flags.map((flag) => `${command} ${flag}`));
  assert.deepEqual(listed.toSorted(), known.toSorted());
});

for (const { command, flag, here, note } of rows)
  test(`${command} ${flag}: ${here}`, () => {
    const [, renamed] = /^renamed `(--[\w-]+)`$/.exec(here) ?? [];
    if (here === "same") assert.ok(optionsOf(command).includes(flag), `${command} has no ${flag}`);
    else if (renamed !== undefined) {
      assert.ok(optionsOf(command).includes(renamed), `${command} has no ${renamed}`);
      assert.equal(note.includes("the old name"), optionsOf(command).includes(flag), "whether the old name works");
    } else {
      assert.equal(here, "left out");
      assert.ok(note.length > 20, "why it is left out");
      assert.ok(!optionsOf(command).includes(flag), `${command} has ${flag}`);
    }
  });
