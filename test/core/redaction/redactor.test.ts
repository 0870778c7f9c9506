import assert from "node:assert/strict";
import { test } from "node:test";
import { createIdentities } from "../../../core/redaction/identities/identities.ts";
import { redactJsonText } from "../../../core/redaction/objects/redact-json-text.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { createTally } from "../../../core/redaction/tally.ts";
import { parseUserRules } from "../../../core/redaction/user-rules/parse-user-rules.ts";

const place = { tally: createTally(), depth: 0 };

test("names of nodes and literals of the user's are hidden in objects however short they are, in values and keys", () => {
  const redactor = createRedactor({
    userRules: parseUserRules("rules:\n  - id: place\n    literal: oslo\n", "rules.yaml"),
    identities: createIdentities("standard", Buffer.alloc(32, 3)),
    knownNames: ["kin-1"],
  });
  const clean = redactJsonText(redactor, '{"metadata":{"name":"kin-1","labels":{"kin-1":"x","at":"oslo"}}}', place) ?? "";
  assert.match(clean, /^\{"metadata":\{"name":"host-[0-9a-f]{8}","labels":\{/);
  assert.doesNotMatch(clean, /kin-1|oslo/);
});

test("an event keeps its name, and a bootstrap token goes", () => {
  const text = '{"name":"orders.18ac3f0b2d4e5f60","note":"join with abcdef.0123456789abcdef"}';
  assert.equal(redactJsonText(createRedactor(), text, place), '{"name":"orders.18ac3f0b2d4e5f60","note":"join with REDACTED"}');
});
