import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { docsFolder, renderDocs } from "../../scripts/build-docs.ts";

const pages = renderDocs();

test("docs/commands is what `npm run docs` writes, a page for every command", () => {
  assert.deepEqual(readdirSync(docsFolder).toSorted(), [...pages.keys()].toSorted());
  for (const [name, page] of pages) assert.equal(readFileSync(join(docsFolder, name), "utf8"), page, `${name}: run \`npm run docs\``);
});

test("every page has a usage, an example, and every option that --help has", () => {
  for (const [name, page] of pages) {
    if (name === "README.md") continue;
    const help = readFileSync(join(import.meta.dirname, `../golden/cli/help/${name.replace(/\.md$/, ".txt")}`), "utf8");
    assert.match(page, /^## Examples?$/m, name);
    const flags = help.match(/(?<=^ {2}(?:-\w, )?)--[\w-]+/gm) ?? [];
    assert.ok(flags.length > 0, name);
    for (const flag of flags) assert.ok(page.includes(flag), `${name} lacks ${flag}`);
  }
});
