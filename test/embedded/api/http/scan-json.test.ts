import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scanJson } from "../../../../embedded/api/http/scan-json.ts";

/** What Kubernetes v1.36.3 said of each. */
const mistakes = {
  "": "unexpected end of JSON input",
  " ": "unexpected end of JSON input",
  "{bad": "invalid character 'b' looking for beginning of object key string",
  '{"a":': "unexpected end of JSON input",
  '{"a":1,}': "invalid character '}' looking for beginning of object key string",
  '{"a":tru}': "invalid character '}' in literal true (expecting 'e')",
  '{"a":"\\x"}': "invalid character 'x' in string escape code",
  '{"a":01}': "invalid character '1' after object key:value pair",
  '{"a" 1}': "invalid character '1' after object key",
  '{"a":1} x': "invalid character 'x' after top-level value",
  '{"a":1 "b":2}': "invalid character '\"' after object key:value pair",
  '{"a":[1 2]}': "invalid character '2' after array element",
  '{"a":-}': "invalid character '}' in numeric literal",
  '{"a":1.}': "invalid character '}' after decimal point in numeric literal",
  '{"a":1e}': "invalid character '}' in exponent of numeric literal",
  '"abc': "unexpected end of JSON input",
  nul: "invalid character ' ' in literal null (expecting 'l')",
  '{"a":"\\u12x"}': "invalid character 'x' in \\u hexadecimal character escape",
  '{"a":"b\nc"}': "invalid character '\\n' in string literal",
  '{"a":1}}': "invalid character '}' after top-level value",
  "}": "invalid character '}' looking for beginning of value",
} as const;

test("a mistake in JSON is told in the words of Go's decoder", () => {
  for (const [text, error] of Object.entries(mistakes)) assert.deepEqual(scanJson(text), { error }, text);
});

test("fields that stand twice are found wherever they are", () => {
  const text = '{"a":1,"b":{"c":[{"d":1,"d":2}],"c":3},"a":2,"e":{"a":1}}';
  assert.deepEqual(scanJson(text), { duplicates: ["b.c[0].d", "b.c", "a"] });
});

test("whatever JSON.parse reads is no mistake, and whatever it refuses is one", () => {
  fc.assert(fc.property(fc.json(), (text) => assert.ok("duplicates" in scanJson(text), text)));
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom("", ",", '"', "{", "]", "0", "x"), (text, at, other) => {
      const broken = text.slice(0, at % text.length) + other + text.slice((at % text.length) + 1);
      assert.equal("error" in scanJson(broken), !isJson(broken), broken);
    }),
  );
});

test("depth that nobody needs is refused before it costs anything", () => {
  assert.deepEqual(scanJson("[".repeat(100_000)), { error: "exceeded max depth" });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
