import assert from "node:assert/strict";
import { test } from "node:test";
import { generateCases } from "../../redaction-corpus/generate-cases.ts";
import { leakedSecrets } from "../../redaction-corpus/leaked-secrets.ts";
import { measure } from "../../redaction-corpus/measure.ts";
import { readCorpus, readHarmless } from "../../redaction-corpus/read-corpus.ts";
import { testRedactor } from "./redact.ts";

const secretsOnly = testRedactor();
const withNames = testRedactor("standard");

for (const [family, least] of [
  ["shapes", 42],
  ["workloads", 100],
  ["text", 100],
  ["practice", 50],
  ["elsewhere", 200],
  ["tools", 70],
] as const)
  test(`of the secrets in ${family}, 99 of 100 or more are hidden`, async () => {
    const cases = readCorpus(family);
    assert.ok(cases.length >= least);
    const secrets = await measure(
      secretsOnly,
      cases.filter(({ isIdentity }) => !isIdentity),
    );
    assert.ok(secrets.good >= 0.99 * secrets.all, secrets.bad.join("\n"));
    const identities = await measure(
      withNames,
      cases.filter(({ isIdentity }) => isIdentity),
    );
    assert.deepEqual(identities.bad, []);
  });

test("every secret of the corpus can be found in its case before it is redacted", () => {
  for (const { family, id, content, secrets } of ["shapes", "workloads", "text", "practice", "elsewhere", "tools"].flatMap(readCorpus))
    assert.deepEqual(leakedSecrets(secrets, content), secrets, `${family}/${id}`);
});

for (const [what, redactor] of [
  ["secrets alone", secretsOnly],
  ["names too", withNames],
] as const)
  test(`of six hundred harmless look-alikes, one of a hundred or fewer is touched where ${what} are hidden`, async () => {
    const { all, good, bad } = await measure(redactor, readHarmless());
    assert.ok(all >= 600 && good >= 0.99 * all, bad.join("\n"));
  });

for (const seed of [11, 12])
  test(`of two hundred generated cases of seed ${seed}, 97 of 100 or more are hidden`, async () => {
    const { all, good, bad } = await measure(secretsOnly, generateCases(seed, 200));
    assert.ok(good >= 0.97 * all, bad.join("\n"));
  });
