import assert from "node:assert/strict";
import { test } from "node:test";
import { drawCases } from "../../redaction-corpus/foreign/draw-cases.ts";
import type { ForeignCase } from "../../redaction-corpus/foreign/fill-written.ts";
import { fillWritten } from "../../redaction-corpus/foreign/fill-written.ts";
import { measureForeign, readableSecrets } from "../../redaction-corpus/foreign/measure-foreign.ts";
import { testRedactor } from "./redact.ts";

const seed = Date.now() % 1_000_000;

const makeCases = (folder: "secrets" | "harmless"): readonly ForeignCase[] => [...fillWritten(folder, seed), ...drawCases(folder, seed, 1500)];

test("of the secrets of a third author's corpus, 97 of 100 or more are hidden", async (context) => {
  const { all, good, families, bad } = await measureForeign(testRedactor(), makeCases("secrets"));
  for (const [family, count] of families) context.diagnostic(`${family}: ${count.good} of ${count.all}`);
  assert.ok(all > 2500 && good >= 0.97 * all, `${good} of ${all} (seed ${seed}); not: ${bad.join("; ")}`);
});

test("of its harmless look-alikes, one of a hundred or fewer is changed by a byte", async () => {
  const { all, good, bad } = await measureForeign(testRedactor(), makeCases("harmless"));
  assert.ok(all > 2000 && good >= 0.99 * all, `${good} of ${all} (seed ${seed}); not: ${bad.join("; ")}`);
});

test("each of its cases with secrets has some, and all can be read before", () => {
  for (const { id, content, secrets } of makeCases("secrets")) {
    assert.notEqual(secrets.length, 0, id);
    assert.deepEqual(readableSecrets(content, secrets), secrets, id);
  }
});

const withNames = testRedactor("standard");

test("of its addresses, e-mails and accounts, 95 of 100 or more are hidden where names are", async () => {
  const { all, good, bad } = await measureForeign(withNames, fillWritten("identities", seed));
  assert.ok(good >= 0.95 * all, bad.join("; "));
});

test("of what only looks like an address, nothing is changed", async () => {
  const { bad } = await measureForeign(withNames, fillWritten("no-identities", seed));
  assert.deepEqual(bad, []);
});

test("a seed makes the same cases each time, and another seed others", () => {
  const texts = (from: number): readonly string[] =>
    [...fillWritten("secrets", from), ...drawCases("secrets", from, 50)].map(({ content }) => content.toString("base64"));
  assert.deepEqual(texts(7), texts(7));
  assert.notDeepEqual(texts(7), texts(8));
});
