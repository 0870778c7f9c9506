import assert from "node:assert/strict";
import { test } from "node:test";
import { planLine, refuseLine } from "../plan-line.ts";

const suite = ["-p", "conformance", "--permissions", "admin"];

test("a pattern that --plugin-env gives the suite is looked at as those of its own flags", async () => {
  const said = await refuseLine([...suite, "--plugin-env", "conformance.E2E_FOCUS=a(?=b)", "conformance.E2E_SKIP=("]);
  assert.match(
    said,
    /^--plugin-env conformance\.E2E_FOCUS: character 2, "\(\?=": Go knows no look-ahead\.\n--plugin-env conformance\.E2E_SKIP: character 1, "\(": this group/,
  );
});

test("one that Go reads is taken, and so is none", async () => {
  const { definitions } = await planLine([...suite, "--plugin-env", "conformance.E2E_FOCUS=(?i)dns", "conformance.E2E_SKIP="]);
  assert.match(JSON.stringify(definitions[0]?.container), /"E2E_FOCUS","value":"\(\?i\)dns"/);
  assert.doesNotMatch(JSON.stringify(definitions[0]?.container), /E2E_SKIP/);
});
