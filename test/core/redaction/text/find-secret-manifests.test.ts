import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "../redact.ts";

const one = Buffer.from("hunter2").toString("base64");
const clean = Buffer.from("REDACTED (7 bytes)").toString("base64");
const manifest = (value: string): string =>
  `apiVersion: v1\ndata:\n  any: ${value}\n  "other.txt": ${value}\nkind: Secret\nmetadata:\n  name: db\n  labels:\n    app: web2x\nstringData:\n  plain: ${value === one ? "hunter2" : "REDACTED (7 bytes)"}\n  long: |\n    ${value === one ? "hunter2" : "REDACTED (7 bytes)"}\ntype: Opaque\n`;

const places: readonly (readonly [what: string, place: (yaml: string) => string])[] = [
  ["over lines of a log", (yaml) => `12:00 applying\n${yaml}12:01 done any: x7zz\n`],
  ["behind the time of each line", (yaml) => yaml.replaceAll(/^(?=.)/gm, "2026-01-01T00:00:00.123456789Z stdout F ")],
  ["indented", (yaml) => `12:00 rendered\n${yaml.replaceAll(/^(?=.)/gm, "    ")}`],
  ["in a string of a log", (yaml) => `level=info msg="apply" manifest="${JSON.stringify(yaml).slice(1, -1)}" took=3s\n`],
  ["in a string inside of JSON in a log", (yaml) => `12:00 got ${JSON.stringify(JSON.stringify({ m: yaml }))}\n`],
  ["behind another object", (yaml) => `x\nkind: ConfigMap\ndata:\n  any: a1b2c3x\n---\n${yaml}---\nkind: Pod\nmetadata:\n  any: b2c3\n`],
];

for (const [what, place] of places)
  test(`a Secret as YAML ${what}: each value is hidden, whatever its key is called, and nothing else`, async () => {
    const { text } = await redact("a.log", place(manifest(one)));
    assert.equal(text, place(manifest(clean)));
    assert.equal((await redact("a.log", text)).text, text, "a second time changes nothing");
  });

const harmless: readonly string[] = [
  "kind: SecretStore\ndata:\n  any: thing1\n",
  "involved kind: Secret\ndata:\n  any: thing1\n",
  "x:\n  kind: Secret\n  name: db\ndata:\n  any: thing1\n",
  "kind: Secret\nkind: ConfigMap\ndata:\n  any: thing1\n",
  "kind: Secret\nmetadata:\n  name: db2x\n---\ndata:\n  any: thing1\n",
  "12:00 x\nkind: Secret\ndata:\n  any: {{ .Values.x | b64enc }}\n  other: ${OTHER}\n",
];

for (const text of harmless) test(`nothing of ${JSON.stringify(text)} is a Secret's value`, async () => assert.equal((await redact("a.log", text)).text, text));
