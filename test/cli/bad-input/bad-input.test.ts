import assert from "node:assert/strict";
import { after, before, describe, it, test } from "node:test";
import type { Ended } from "../../faults/run-cli.ts";
import { assertGolden } from "../../golden.ts";
import { allAreas } from "./all-areas.ts";
import { runFlags } from "./areas/run-flags.ts";
import { wordsOf, type BadCase } from "./bad-case.ts";
import { openPlace, type Place } from "./open-place.ts";
import { renderCase } from "./render-case.ts";

let place: Place;
let laid: readonly string[];
before(async () => {
  place = await openPlace(allAreas);
  laid = await place.listFolder();
});

for (const { name, cases } of allAreas)
  describe(`bad input: ${name}`, () => {
    const shown: string[] = [];
    for (const each of cases)
      it(`${wordsOf(each).join(" ").slice(0, 80)} is told once, with its place, and nothing else is printed`, { timeout: 60_000 }, async () => {
        const ended = await place.run(each);
        shown.push(renderCase(each, ended));
        checkMessage(each, ended);
      });
    it("is told in these words", () => assertGolden(`cli/bad-input/${name}.txt`, shown.join("\n")));
  });

describe("gen and preflight say the same about what a run is to be", () => {
  for (const each of runFlags.cases)
    it(wordsOf(each).join(" "), { timeout: 60_000 }, async () => {
      const [, ...words] = wordsOf(each);
      const { stderr } = await place.run(each);
      for (const command of ["gen", "preflight"]) assert.equal((await place.run({ ...each, call: [command, ...words] })).stderr, stderr);
    });
});

test("nothing was made by all that, neither in the folder nor in the cluster", async () => {
  assert.deepEqual(await place.listFolder(), laid);
  assert.deepEqual(await place.close(), []);
});
after(() => place.close());

test("there are a hundred and more", () => assert.ok(allAreas.flatMap(({ cases }) => cases).length >= 100));

function checkMessage(each: BadCase, { code, stdout, stderr }: Ended): void {
  const words = wordsOf(each);
  assert.deepEqual([code, stdout], [each.code ?? 2, ""], stderr);
  assert.equal(stderr.match(/^error: /gm)?.length, 1, stderr);
  assert.match(stderr, /\n$/);
  assert.doesNotMatch(stderr.trimEnd(), /^\s+at |undefined|\[object|^ *$/m);
  assert.ok(stderr.trimEnd().split("\n").length <= (each.lines ?? 12), stderr);
  assert.doesNotMatch(stderr, steering);
  // A word of somebody's that begins a line of its own could be taken for ours.
  assert.doesNotMatch(stderr, /^FORGED/m);
  const places = each.place === undefined ? words.slice(1).filter((word) => word.length > 2) : [each.place];
  assert.ok(
    places.some((word) => stderr.includes(word.replace(/=.*$/s, "").split("\n")[0] ?? "")),
    `${places.join(" | ")}\n${stderr}`,
  );
}

// eslint-disable-next-line no-control-regex -- these are what must not be there
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
