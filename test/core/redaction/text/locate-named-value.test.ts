import assert from "node:assert/strict";
import { test } from "node:test";
import { createTally } from "../../../../core/redaction/tally.ts";
import { redactText } from "../../../../core/redaction/text/redact-text.ts";
import { testRedactor } from "../redact.ts";

const redactor = testRedactor();
const isHidden = (text: string): boolean => !redactText(redactor, text, { tally: createTally() }).includes("Tr0mbone77");

const names = ["DB_PASSWORD", "db.password", "my-token", "clientSecret", "LOG_LEVEL", "PASSWORD_FILE", "x".repeat(95) + "_token", "a/password", "größe", ""];
const fields = ["name", "key", "paramName", "hostname", "label", "setting", "title", "id"];

test("a pair of name and value is understood the same however the two are set apart", () => {
  const hidden: string[] = [];
  for (const field of fields)
    for (const name of names) {
      const pair = (gap: string): string => `{"env":[{"${field}":${gap}"${name}",${gap}"value":${gap}"Tr0mbone77"}]}`;
      const isPlainHidden = isHidden(pair(""));
      assert.equal(isPlainHidden, isHidden(pair(" ")), `${field} ${name}`);
      assert.equal(isPlainHidden, isHidden(pair("").replaceAll('"', '\\"')), `${field} ${name}, escaped`);
      if (isPlainHidden) hidden.push(`${field} ${name.length < 30 ? name : "long"}`);
    }
  assert.ok(
    ["name DB_PASSWORD", "key db.password", "paramName my-token", "hostname clientSecret", "setting DB_PASSWORD"].every((pair) => hidden.includes(pair)),
  );
  assert.ok(!hidden.some((pair) => /LOG_LEVEL|PASSWORD_FILE|title|label/.test(pair)), hidden.join("\n"));
});

test("the name may stand behind the value", () => {
  assert.ok(isHidden('{"value":"Tr0mbone77","name":"DB_PASSWORD"}'));
  assert.ok(!isHidden('{"value":"Tr0mbone77","name":"LOG_LEVEL"}'));
});
