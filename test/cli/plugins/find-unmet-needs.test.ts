import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { resolvePlugins } from "../../../cli/plugins/resolve.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-needs-"));
after(() => rm(folder, { recursive: true }));
const file = (name: string, needs: string): string =>
  `apiVersion: asdic/v1\nsonobuoy-config: {driver: Job, plugin-name: ${name}}\nspec: {image: x}\nneeds:\n${needs}\n`;
for (const [name, needs] of [
  ["first", "  - second\n  - smoke"],
  ["second", "  - plugin: third"],
  ["third", "  - first"],
  ["fine", "  - smoke"],
] as const)
  await writeFile(join(folder, `${name}.yaml`), file(name, needs));
await writeFile(join(folder, "broken.yaml"), "a: [\n");

const resolve = (wanted: readonly string[]) => resolvePlugins({ wanted, cwd: folder, signal: new AbortController().signal });

test("needs may be met by built-ins, and by plugins that are named later", async () => {
  assert.deepEqual(
    (await resolve(["fine.yaml", "smoke"])).map(({ definition }) => definition.name),
    ["fine", "smoke"],
  );
});

const refused: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "needs that no plugin of the run meets, each where it stands",
    ["first.yaml", "fine.yaml"],
    [
      'first.yaml:5: needs.0: there is no plugin "second" in this run, whose plugins are first, fine; add it with -p',
      'first.yaml:6: needs.1: there is no plugin "smoke" in this run, whose plugins are first, fine; add it with -p',
      'fine.yaml:5: needs.0: there is no plugin "smoke" in this run, whose plugins are first, fine; add it with -p',
    ],
  ],
  [
    "a circle, at its end",
    ["first.yaml", "second.yaml", "third.yaml", "smoke"],
    ["third.yaml:5: needs.0: closes a circle, in which none could begin: first needs second, second needs third, third needs first"],
  ],
  [
    "a need by a name that the plugin hasn't got in this run",
    ["fine.yaml@other", "third.yaml", "first.yaml@one", "smoke", "second.yaml"],
    ['third.yaml:5: needs.0: there is no plugin "first" in this run, whose plugins are other, third, one, smoke, second; add it with -p'],
  ],
];
for (const [what, wanted, lines] of refused)
  test(`nothing begins for ${what}`, async () => {
    await assert.rejects(resolve(wanted), (error) => {
      assert.ok(isKnownError(error) && error.exitCode === 2);
      assert.deepEqual(error.message.split("\n").slice(1), lines);
      return true;
    });
  });

test("while a file can't be read, nothing is said of the names that it might have", async () => {
  await assert.rejects(resolve(["fine.yaml", "broken.yaml"]), (error) => isKnownError(error) && !error.message.includes("needs.0"));
});
