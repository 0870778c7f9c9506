import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "../redact.ts";

const hash = "2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19";

test("a hash of MySQL is hidden wherever it stands, and what only has its length stays", async () => {
  for (const text of [`root *${hash}\n`, `'root','*${hash}'\n`, `IDENTIFIED BY PASSWORD "*${hash}";\n`])
    assert.equal((await redact("a.sql", text)).text, text.replace(`*${hash}`, "REDACTED"));
  for (const text of [`${hash}\n`, `*${hash.toLowerCase()} x\n`, `*${hash}0\n`, `**${hash}\n`, `*${"1".repeat(40)}\n`])
    assert.equal((await redact("a.sql", text)).text, text);
});
