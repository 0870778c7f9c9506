import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "./find-problems.ts";
import { findProblems } from "./find-problems.ts";

const rows: readonly Row[] = [
  { folder: "core/a", imports: [], packages: [], builtins: "none" },
  { folder: "core/b", imports: ["core/a"], packages: ["@scope/one"], builtins: "any" },
  { folder: "plugins", imports: ["core"], packages: [], builtins: "any", folders: "apart" },
];

/** Uses every entry of the rows, rightly. */
const good = {
  "core/a/one.ts": "export const one = 1;\n",
  "core/b/two.ts":
    'import { x } from "@scope/one/deep.js";\nimport { readFileSync } from "node:fs";\nimport type { one } from "../a/one.ts";\nexport const two = [x, readFileSync];\n',
  "plugins/shared-by-all.ts": 'import { two } from "../core/b/two.ts";\nexport const both = two;\n',
  "plugins/smoke/program.ts": 'import { both } from "../shared-by-all.ts";\nexport const run = () => import("./later.ts");\n',
  "plugins/smoke/later.ts": "export const later = 1;\n",
  "test/free.test.ts": 'import { two } from "../core/b/two.ts";\nimport "anything";\n',
};

const problemsWith = (files: Record<string, string>): readonly string[] =>
  findProblems({ rows, free: ["test"], files: Object.entries({ ...good, ...files }).map(([path, text]) => ({ path, text })) });

test("a tree that keeps the table has no problems", () => {
  assert.deepEqual(problemsWith({}), []);
});

const cases: readonly { readonly what: string; readonly path: string; readonly text: string; readonly problem: RegExp }[] = [
  { what: "a folder that is not allowed", path: "core/a/x.ts", text: 'import { two } from "../b/two.ts";\n', problem: /core\/a may import none/ },
  {
    what: "a folder that is not allowed, for its types",
    path: "core/a/x.ts",
    text: 'import type {\n  two,\n} from "../b/two.ts";\n',
    problem: /core\/a may import none/,
  },
  {
    what: "a folder that is not allowed, later",
    path: "core/b/x.ts",
    text: 'const load = () => import("../../plugins/shared-by-all.ts");\n',
    problem: /core\/b may import core\/a/,
  },
  {
    what: "a folder that is not allowed, by re-exporting",
    path: "core/a/x.ts",
    text: 'export { two } from "../b/two.ts";\nexport const y = 1;\n',
    problem: /core\/a may import none/,
  },
  {
    what: "another plugin",
    path: "plugins/other/program.ts",
    text: 'import { later } from "../smoke/later.ts";\nexport const x = later;\n',
    problem: /folders of plugins don't know each other/,
  },
  { what: "a package that is not allowed", path: "core/b/x.ts", text: 'import y from "yaml";\n', problem: /core\/b may use @scope\/one/ },
  { what: "a package of the same scope", path: "core/b/x.ts", text: 'import y from "@scope/other";\n', problem: /core\/b may use @scope\/one/ },
  { what: "a package for its side effects", path: "core/b/x.ts", text: 'import "reflect-metadata";\n', problem: /core\/b may use @scope\/one/ },
  { what: "Node.js in a folder without I/O", path: "core/a/x.ts", text: 'import { now } from "node:process";\n', problem: /core\/a does no I\/O/ },
  {
    what: "a file that is in no folder of the table",
    path: "core/b/x.ts",
    text: 'import { y } from "../../elsewhere/y.ts";\n',
    problem: /in no folder of the table/,
  },
];

for (const { what, path, text, problem } of cases)
  test(`an import of ${what} is a problem`, () => {
    const problems = problemsWith({ [path]: text });
    assert.equal(problems.filter((sentence) => sentence.startsWith(`${path} imports `) && problem.test(sentence)).length, 1, problems.join("\n"));
  });

const styles: readonly { readonly what: string; readonly path: string; readonly text: string; readonly problem: RegExp }[] = [
  { what: "in a folder without a row", path: "stray/x.ts", text: "export const x = 1;\n", problem: /is in no folder of the table/ },
  { what: "of 251 lines", path: "core/a/x.ts", text: "export const x = 1;\n".repeat(251), problem: /has 251 lines/ },
  { what: "in a folder named utils", path: "core/a/utils/x.ts", text: "export const x = 1;\n", problem: /a folder named utils says nothing/ },
  { what: "not in kebab-case", path: "core/a/podView.ts", text: "export const x = 1;\n", problem: /podView\.ts is not in kebab-case/ },
  { what: "in a folder not in kebab-case", path: "test/My_Area/x.test.ts", text: "export const x = 1;\n", problem: /My_Area is not in kebab-case/ },
  {
    what: "that only re-exports",
    path: "core/b/index.ts",
    text: '/** All. */\nexport * from "./two.ts";\nexport type { one } from "../a/one.ts";\n',
    problem: /only exports what others hold/,
  },
  {
    what: "that imports and only exports that",
    path: "core/b/index.ts",
    text: 'import { two } from "./two.ts";\nexport { two };\n',
    problem: /only exports what others hold/,
  },
];

for (const { what, path, text, problem } of styles)
  test(`a file ${what} is a problem`, () => {
    assert.deepEqual(
      problemsWith({ [path]: text }).map((sentence) => sentence.startsWith(path) && problem.test(sentence)),
      [true],
    );
  });

test("a list of what others hold is no barrel, and 250 lines are not too many", () => {
  const list = 'import { two } from "./two.ts";\n/** All. */\nexport const all = [two];\n';
  assert.deepEqual(problemsWith({ "core/b/all.ts": list + "\n".repeat(247) }), []);
});

test("an entry of the table that no file uses is a problem", () => {
  assert.deepEqual(problemsWith({ "core/b/two.ts": "export const two = 2;\n" }), [
    "the table says that core/b imports core/a, and no file does",
    "the table says that core/b uses @scope/one, and no file does",
  ]);
});
