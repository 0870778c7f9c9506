import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRedaction, type RedactionFlags, type RedactionRequest } from "../../../../cli/run/options/redaction.ts";
import { parseAll, refusal } from "./parse.ts";

const cases: readonly { readonly flags: RedactionFlags; readonly wanted: RedactionRequest }[] = [
  { flags: {}, wanted: { privacy: "off" } },
  // As commander gives an option with "no" in front that was not typed.
  { flags: { redact: true }, wanted: { privacy: "off" } },
  { flags: { privacy: "standard" }, wanted: { privacy: "standard" } },
  { flags: { privacy: "high", redactionRules: "rules.yaml" }, wanted: { privacy: "high", rulesFile: "rules.yaml" } },
  { flags: { redact: false }, wanted: false },
];
for (const { flags, wanted } of cases)
  test(`${JSON.stringify(flags)} asks for ${JSON.stringify(wanted)}`, () => assert.deepEqual(parseAll(parseRedaction, flags), wanted));

test("a level that there is not, and what means nothing beside --no-redact, is wrong use", () => {
  assert.match(
    refusal(() => parseAll(parseRedaction, { privacy: "all" })),
    /^--privacy all: must be one of standard, high/,
  );
  assert.match(
    refusal(() => parseAll(parseRedaction, { redact: false, privacy: "high", redactionRules: "r.yaml" })),
    /--privacy and --redaction-rules would mean nothing/,
  );
});
