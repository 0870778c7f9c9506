import assert from "node:assert/strict";
import { test } from "node:test";
import { hasTerm, parseQuery, renderQuery, toggleTerm } from "../../../../reports/html/page/parse-query.ts";

const cases: readonly (readonly [query: string, ...terms: readonly string[]])[] = [
  [""],
  ["status:fail sev:high", "status=fail", "severity=high"],
  ["ns:x node:y kind:Deployment", "namespace=x", "node=y", "kind=Deployment"],
  ['"no answer" text', "=no answer", "=text"],
  ['node:"a b" -plugin:e2e', "node=a b", "-plugin=e2e"],
  ["-word", "-=word"],
  ["http://x:80/", "=http://x:80/"],
  ["unknown:value", "=unknown:value"],
  ["status:"],
  ['"open', "=open"],
  [String.raw`"a \"b\" c"`, '=a "b" c'],
  ["cis:5.2.2 id:test:e2e:suite/name", "cis=5.2.2", "id=test:e2e:suite/name"],
  ["STATUS:Fail", "status=Fail"],
  ["постгрес 日本", "=постгрес", "=日本"],
];

for (const [query, ...terms] of cases)
  test(`${JSON.stringify(query)} means ${terms.join(", ") || "nothing"}, and is written so that it means the same again`, () => {
    const parsed = parseQuery(query);
    assert.deepEqual(
      parsed.map(({ key, value, negated }) => `${negated ? "-" : ""}${key}=${value}`),
      terms,
    );
    assert.deepEqual(parseQuery(renderQuery(parsed)), parsed);
  });

test("any text as a value comes back as it was", () => {
  for (const value of ['"', "\\", 'a"b\\c d', "-x", "a:b", "status:fail", "  ", "{}", "<b>", "é\u202e"])
    for (const key of ["node", ""]) assert.deepEqual(parseQuery(renderQuery([{ key, value, negated: false }])), [{ key, value, negated: false }], value);
});

test("a condition is put in where it is missing and taken out where it stands", () => {
  const wanted = { key: "namespace", value: "my shop" };
  const put = toggleTerm("status:fail", wanted);
  assert.equal(put, 'status:fail ns:"my shop"');
  assert.ok(hasTerm(parseQuery(put), wanted));
  assert.equal(toggleTerm(put, wanted), "status:fail");
});
