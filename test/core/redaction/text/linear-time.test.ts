import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleFamilies } from "../../../../core/redaction/rules/all-rules.ts";
import type { Rule } from "../../../../core/redaction/rules/rule.ts";
import { redactAny } from "../../../../core/redaction/redact-any.ts";
import { createTally } from "../../../../core/redaction/tally.ts";
import { testRedactor } from "../redact.ts";

const redactor = testRedactor("standard");

/** CPU time, not time: others may be at work on this machine. */
function cost(unit: string, bytes: number): number {
  const content = Buffer.from(unit.repeat(Math.ceil(bytes / unit.length)));
  const start = process.cpuUsage();
  redactAny(redactor, content, { tally: createTally(), depth: 0 });
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** What begins to look like a secret again and again in one line of a megabyte, and never becomes one. */
const units = [
  '"{\\"Secret\\"',
  '{"kind":"Secret"',
  "kind: Secret\n",
  "kind: Secret\\ndata:\\n",
  "a: b\ndata:\n x: y1\nkind: Secret\n",
  "]:587",
  "\u001b[1mpassword",
  "-----BEGIN PRIVATE KEY-----",
  "password",
  "secret=",
  "eyJaaaaaaaaaa.",
  "://a:",
  "1.1.",
  "::",
  "--token ",
  'value="',
  "[[",
  "AAAA",
  "authorization: ",
  '"kty":"RSA"',
  "curl -u a ",
  "-+-",
  "a | password\n--+--\n",
  "JABlAG4AdgA6AEQAQgA=\n",
  '"{\\"a\\":',
  "key: |",
  "$6$a$",
];

/** The same for every rule: what leads to it again and again, and its example up to where the secret begins. */
const ofRules = Object.values(ruleFamilies)
  .flat<readonly (readonly Rule[])[]>()
  .flatMap(({ literals, examples }) => [literals.join(""), (examples.hidden[0] ?? "").replaceAll("¦", "").replace(/«[\s\S]*/, "")])
  .filter((unit) => unit.length > 2);

const most = 28;
const leastMicroseconds = 2000;

for (const unit of units)
  test(`${JSON.stringify(unit)} over and over takes eight times as long for eight times as much, not sixty-four times`, () => {
    cost(unit, 10_000);
    const tries: number[] = [];
    // On a loaded machine a single figure may be far off.
    while (tries.length < 3 && Math.min(Infinity, ...tries) > most) tries.push(cost(unit, 1_000_000) / Math.max(cost(unit, 125_000), leastMicroseconds));
    assert.ok(Math.min(...tries) <= most, `${tries.map((ratio) => ratio.toFixed(1)).join(", ")} times`);
  });

test("for what leads to any of the rules, again and again, too", () => {
  cost("key ", 10_000);
  for (const unit of new Set(ofRules)) {
    const tries: number[] = [];
    while (tries.length < 4 && Math.min(Infinity, ...tries) > most) tries.push(cost(unit, 200_000) / Math.max(cost(unit, 25_000), leastMicroseconds));
    assert.ok(Math.min(...tries) <= most, `${JSON.stringify(unit)}: ${tries.map((ratio) => ratio.toFixed(1)).join(", ")} times`);
  }
});
