import assert from "node:assert/strict";
import { test } from "node:test";
import { parseWaivers } from "../../../cli/waivers/read-waivers.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { renderWaiverEntry } from "../../../reports/html/view/render-waiver-entry.ts";
import { fitsWaiver } from "../../../reports/waivers/fits-waiver.ts";
import { reportOf } from "../../reports/small-report.ts";
import { smallRun } from "../../reports/small-run.ts";

const whole = "reason: r, owner: o, expires: 2027-01-31";
const refused: readonly (readonly [string, string, RegExp])[] = [
  ["an empty file", "", /^w\.yaml: is empty\.$/],
  ["no mapping", "[]", /^w\.yaml:1:1: must be a mapping/],
  ["no list", "waivers: {}", /^w\.yaml:1:1: waivers must be a list\.$/],
  [
    "an unknown key, with the one that was meant",
    `waivers:\n- {id: a, ${whole}, ownr: x}`,
    /^w\.yaml:2:\d+: ownr is no key of a waiver file; did you mean owner\?$/,
  ],
  ["an unknown key beside waivers", `waivers: []\nwaiver: []`, /^w\.yaml:2:1: waiver is no key/],
  ["a waiver of nothing in particular", `waivers:\n- {${whole}}`, /^w\.yaml:2:3: waiver 1 says neither id nor fingerprint/],
  ["an empty selector", `waivers:\n- {id: a, object: {}, ${whole}}`, /^w\.yaml:2:\d+: object names nothing/],
  [
    "a fingerprint that YAML takes for a number",
    `waivers:\n- {fingerprint: 1234567890123456, ${whole}}`,
    /: fingerprint must be 16 hexadecimal digits in quotes\.$/,
  ],
  ["no owner", "waivers:\n- {id: a, reason: r, expires: 2027-01-31}", /^w\.yaml:2:3: owner is missing\.$/],
  ["a reason that says nothing", `waivers:\n- {id: a, reason: " ", owner: o, expires: 2027-01-31}`, /: reason is empty\.$/],
  ["a day that no calendar has", "waivers:\n- {id: a, reason: r, owner: o, expires: 2027-02-30}", /: expires must be a day of the calendar/],
  ["a time", "waivers:\n- {id: a, reason: r, owner: o, expires: 2027-01-30T10:00:00Z}", /: expires must be a day of the calendar/],
  ["a second document", `waivers: []\n---\nwaivers: []`, /more than one document/],
];
for (const [name, text, says] of refused)
  test(`${name} is refused with its place`, () => {
    assert.throws(
      () => parseWaivers(text, "w.yaml"),
      (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message),
    );
  });

test("all that is wrong is told at once", () => {
  assert.throws(
    () => parseWaivers("waivers:\n- {id: a}\n- {id: b}\n", "w.yaml"),
    (error) => isKnownError(error) && error.message.split("\n").length === 6,
  );
});

test("the entry that the page offers to copy waives its finding once it is filled in", async () => {
  for (const finding of (await reportOf(smallRun)).findings) {
    const entry = renderWaiverEntry(finding).replace('reason: ""', "reason: known").replace('owner: ""', "owner: ada").replace("YYYY-MM-DD", "2027-01-31");
    const [waiver] = parseWaivers(`waivers:\n${entry}`, "w.yaml");
    assert.ok(waiver !== undefined && fitsWaiver(waiver, finding), entry);
  }
});
