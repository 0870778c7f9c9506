import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeRun } from "../../../../core/redaction/text/decode-run.ts";
import { redact } from "../redact.ts";

const wide = (text: string): string => Buffer.from(text, "utf16le").toString("base64");

test("a command that PowerShell takes in base64 of UTF-16 loses its password and stays such a command", async () => {
  const command = (password: string): string => `powershell -EncodedCommand ${wide(`$env:DB_PASSWORD='${password}'; ./run`)}\n`;
  assert.equal((await redact("a.log", command("hunter2Xy"))).text, command("REDACTED"));
  const harmless = `powershell -EncodedCommand ${wide("Get-ChildItem C:\\; ./run")}\n`;
  assert.equal((await redact("a.log", harmless)).text, harmless);
});

for (const run of [
  wide("plain text of letters"),
  Buffer.from("plain text of letters").toString("base64"),
  Buffer.from("plain text of letters").toString("hex"),
])
  test(`${run} is read, and written the same again`, () => {
    const decoded = decodeRun(run);
    assert.equal(decoded?.plain.toString(), "plain text of letters");
    assert.equal(decoded.encode(decoded.plain), run);
  });

test("a run that stands for no text is not decoded", () => assert.equal(decodeRun("AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"), undefined));
