import assert from "node:assert/strict";
import { test } from "node:test";
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
  "key: |",
  "$6$a$",
];

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
