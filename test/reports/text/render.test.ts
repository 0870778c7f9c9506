import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { textWidth } from "../../../core/contract/text-width.ts";
import { readRun } from "../../../reports/read-run.ts";
import { summarize } from "../../../reports/summarize.ts";
import type { TextLook } from "../../../reports/text/look.ts";
import { renderText } from "../../../reports/text/render.ts";
import { applyWaivers } from "../../../reports/waivers/apply-waivers.ts";
import { assertGolden } from "../../golden.ts";
import { reportOf } from "../small-report.ts";
import { readHostile } from "../hostile/read-hostile.ts";
import { smallRun } from "../small-run.ts";

const look = (columns: number, more: Partial<TextLook> = {}): TextLook => ({ columns, unicode: true, paint: (_look, text) => text, detail: "brief", ...more });
const hostile = await readHostile();
const small = await reportOf(smallRun);
const waived = applyWaivers(
  small,
  [
    { id: "node-not-ready", reason: "is being repaired", owner: "ada", expires: "2027-01-31" },
    { id: "test:cis:*", reason: "not ours", owner: "bob", expires: "2026-01-31" },
    { id: "image-pull", object: { node: "worker-*" }, reason: "slow line", owner: "ada", expires: "2027-01-31" },
  ],
  "2027-01-01",
);
const sonobuoy = summarize(await readRun(join(import.meta.dirname, "../../fixtures/reports/sonobuoy-v0.53-4-failures.tar.gz")));

for (const columns of [80, 120])
  for (const unicode of [true, false])
    test(`at ${columns} columns, ${unicode ? "with" : "without"} unicode, results look as agreed`, () => {
      const shown = [waived, sonobuoy].map((report) => renderText(report, look(columns, { unicode })));
      assertGolden(`reports/results-${columns}-${unicode ? "unicode" : "ascii"}.txt`, shown.join("\n"));
    });

for (const columns of [40, 80, 120, 160])
  for (const detail of ["brief", "full"] as const)
    test(`${detail}, no line is wider than ${columns} columns but for commands to copy`, () => {
      for (const report of [waived, sonobuoy])
        for (const line of renderText(report, look(columns, { detail })).split("\n"))
          if (!/^ {2}asdic /.test(line)) assert.ok(textWidth(line) <= columns, line);
    });

test("without unicode our own signs are ASCII", () => {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  assert.match(renderText(waived, look(80, { unicode: false })), /^[\u0000-\u007f]*$/);
});

test("colours are around words that say the same, and change nothing else", () => {
  const painted = renderText(waived, look(80, { paint: (name, text) => `<${name}:${text}>` }));
  assert.match(painted, /^<warning:◌ INCOMPLETE> {2}Not all came/);
  assert.match(painted, /<bad:✗> DNS resolves/);
  assert.equal(painted.replaceAll(/<(?:heading|good|bad|warning|quiet):((?:[^<>]|<kubernetes\.default>)*)>/g, "$1"), renderText(waived, look(80)));
});

test("the same check on many nodes is one entry, and brief says how many more there are", async () => {
  const nodes = Array.from({ length: 30 }, (_, index) => `node-${index}`);
  const items = nodes.map((name, index) => ({
    name,
    status: index < 25 ? "failed" : "passed",
    meta: { type: "node" },
    items: [
      { name: "the clock is right", status: index < 25 ? "failed" : "passed" },
      ...Array.from({ length: index === 0 ? 20 : 0 }, (_, n) => ({ name: `other ${n}`, status: "failed" })),
    ],
  }));
  const report = await reportOf([
    ["plugins/clocks/sonobuoy_results.yaml", JSON.stringify({ name: "clocks", status: "failed", meta: { type: "summary" }, items })],
  ]);
  const brief = renderText(report, look(80));
  assert.match(brief, /✗ the clock is right on 25 nodes: node-0, node-1, node-2 and 22 more\n/);
  assert.match(brief, /Failed \(45\)\n/);
  assert.match(brief, /\n {2}… and 9 more\n/);
  assert.doesNotMatch(renderText(report, look(80, { detail: "full" })), /… and 9 more/);
});

test("names of tarballs and plugins can't become commands or lines of their own", async () => {
  const evil = "p; rm -rf ~\nFORGED ✓ PASSED\u001b[2J\u202e";
  const report = await reportOf([
    ["plugins/p/sonobuoy_results.yaml", JSON.stringify({ name: evil, status: evil, items: [{ name: evil, status: "failed", details: { failure: evil } }] })],
  ]);
  const shown = renderText({ ...report, tarball: `${evil}.tar.gz`, plugins: report.plugins.map((plugin) => ({ ...plugin, name: evil })) }, look(80));
  assert.doesNotMatch(shown, /^\s*FORGED/m);
  // eslint-disable-next-line no-control-regex -- they must not be there
  assert.doesNotMatch(shown, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  assert.doesNotMatch(shown, /asdic .*rm -rf/);
});

for (const [attack, report] of hostile)
  test(`a tarball with ${attack} steers no terminal and breaks no line`, () => {
    for (const detail of ["brief", "full"] as const) {
      const shown = renderText(report, look(80, { detail }));
      // eslint-disable-next-line no-control-regex -- they must not be there
      assert.doesNotMatch(shown, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
      for (const line of shown.split("\n")) if (!line.startsWith("  asdic ")) assert.ok(textWidth(line) <= 80, line);
    }
  });
