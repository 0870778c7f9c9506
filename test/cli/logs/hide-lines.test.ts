import assert from "node:assert/strict";
import { test } from "node:test";
import { createHideLine } from "../../../cli/logs/hide-lines.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";

const key = ["-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEAx7Zq81mmX0", "Kq8mZ0a=", "-----END RSA PRIVATE KEY-----"];

test("each line is printed at once without its secrets, and a key over lines without its lines", () => {
  const hide = createHideLine(createRedactor());
  const lines = ["login with password=hunter2-Zq81mmX0", '{"msg":"hello","apiKey":"hunter2-Zq81mmX0"}', `key: ${key[0]}`, ...key.slice(1), "nothing"];
  const shown = lines.map((line) => hide("a", line));
  assert.equal(hide("b", "Kq8mZ0a="), "Kq8mZ0a=");
  assert.deepEqual(shown, [
    "login with password=REDACTED",
    '{"msg":"hello","apiKey":"REDACTED"}',
    "key: REDACTED",
    "REDACTED",
    "REDACTED",
    "REDACTED",
    "nothing",
  ]);
});

test("a key that never ends does not hide a log for ever, nor does one on a line of its own", () => {
  const hide = createHideLine(createRedactor());
  hide("a", "-----BEGIN PRIVATE KEY-----");
  const after = Array.from({ length: 500 }, () => hide("a", "nothing"));
  assert.deepEqual([after[0], after.at(-1)], ["REDACTED", "nothing"]);
  assert.doesNotMatch(hide("b", `${key.join("\\n")} loaded`), /MIIE/);
  assert.equal(hide("b", "nothing"), "nothing");
});

test("a line that no rule can be tried on is left out, and without a redactor all is printed", () => {
  const scan = (): never => {
    throw new Error("a bug");
  };
  assert.match(createHideLine({ ...createRedactor(), scan })("a", "password=hunter2-Zq81mmX0"), /left out/);
  assert.equal(createHideLine(undefined)("a", "password=hunter2"), "password=hunter2");
});
