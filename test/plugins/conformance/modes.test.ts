import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { longTests } from "../../../plugins/conformance/long-tests.ts";
import { conformanceModes, modeNames } from "../../../plugins/conformance/modes.ts";

/** Of Sonobuoy v0.57.5: sha256 of the skip pattern that its own code makes. */
const litePattern = "d6025fbd17a8b6f7bc0fc6fc9b87811e9d88cda30bae243418020f107e016739";

test("the modes are Sonobuoy's, to the letter", () => {
  assert.deepEqual(modeNames.toSorted(), ["certified-conformance", "conformance-lite", "non-disruptive-conformance", "quick"]);
  const expected: readonly [keyof typeof conformanceModes, string, string, boolean][] = [
    ["quick", "Pods should be submitted and removed", "", false],
    ["non-disruptive-conformance", "\\[Conformance\\]", "\\[Disruptive\\]|NoExecuteTaintManager", false],
    ["certified-conformance", "\\[Conformance\\]", "", false],
  ];
  for (const [mode, focus, skip, parallel] of expected) {
    const { summary, ...settings } = conformanceModes[mode];
    assert.deepEqual(settings, { focus, skip, parallel });
    assert.ok(summary.endsWith("."));
  }
});

test("conformance-lite runs in parallel and leaves out 56 named tests and three kinds", () => {
  const { focus, skip, parallel } = conformanceModes["conformance-lite"];
  assert.deepEqual({ focus, parallel }, { focus: "\\[Conformance\\]", parallel: true });
  assert.equal(new Set(longTests).size, 56);
  assert.ok(skip.startsWith("Serial|Slow|Disruptive|\\[sig-apps\\] StatefulSet Basic StatefulSet functionality"));
  assert.equal(createHash("sha256").update(skip).digest("hex"), litePattern);
});

test("the pattern of conformance-lite skips every test that it names, and lets others run", () => {
  const pattern = new RegExp(conformanceModes["conformance-lite"].skip);
  for (const name of longTests) assert.match(name, pattern);
  assert.doesNotMatch("[sig-network] Services should serve a basic endpoint from pods [Conformance]", pattern);
});
