import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findNeedProblems, startsAfter } from "../../../core/contract/plugin-needs.ts";

const plugin = (name: string, needs: readonly string[] = [], order = 0) => ({
  name,
  order,
  ...(needs.length > 0 && { needs: needs.map((need) => ({ plugin: need, required: true })) }),
});

describe("findNeedProblems", () => {
  const cases: readonly [string, readonly ReturnType<typeof plugin>[], readonly string[]][] = [
    ["nothing in a chain", [plugin("a"), plugin("b", ["a"]), plugin("c", ["b", "a"])], []],
    ["nothing in a diamond, whatever the order of the plugins", [plugin("d", ["b", "c"]), plugin("b", ["a"]), plugin("c", ["a"]), plugin("a")], []],
    [
      "a name that is none of the run's",
      [plugin("a"), plugin("b", ["a", "x"])],
      ['b 1 there is no plugin "x" in this run, whose plugins are a, b; add it with -p'],
    ],
    ["a circle of two, once", [plugin("a", ["b"]), plugin("b", ["a"])], ["b 0 closes a circle, in which none could begin: a needs b, b needs a"]],
    [
      "a circle behind others, once, without them",
      [plugin("x", ["a"]), plugin("y", ["x"]), plugin("a", ["b"]), plugin("b", ["c"]), plugin("c", ["a"])],
      ["c 0 closes a circle, in which none could begin: a needs b, b needs c, c needs a"],
    ],
    [
      "two circles and a stranger together",
      [plugin("a", ["b", "x"]), plugin("b", ["a"]), plugin("c", ["d"]), plugin("d", ["c"])],
      [
        'a 1 there is no plugin "x" in this run, whose plugins are a, b, c, d; add it with -p',
        "b 0 closes a circle, in which none could begin: a needs b, b needs a",
        "d 0 closes a circle, in which none could begin: c needs d, d needs c",
      ],
    ],
  ];
  for (const [what, plugins, problems] of cases)
    it(`finds ${what}`, () =>
      assert.deepEqual(
        findNeedProblems(plugins).map((problem) => `${problem.plugin} ${problem.index} ${problem.message}`),
        problems,
      ));
});

describe("startsAfter", () => {
  const all = [plugin("first", [], 1), plugin("second", [], 2), plugin("b", ["first"]), plugin("c", ["b"]), plugin("d", ["second"])];
  const cases: readonly [later: string, earlier: string, boolean][] = [
    ["second", "first", true],
    ["first", "second", false],
    ["first", "first", false],
    ["b", "first", true],
    ["c", "first", true],
    ["c", "b", true],
    ["b", "second", false],
    ["second", "b", false],
    ["d", "first", true],
    ["d", "c", false],
  ];
  const find = (name: string) => all.find((each) => each.name === name) ?? assert.fail(name);
  for (const [later, earlier, is] of cases)
    it(`says that ${later} ${is ? "begins" : "does not begin"} only after ${earlier}`, () => assert.equal(startsAfter(find(later), find(earlier), all), is));
});
