import assert from "node:assert/strict";
import { test } from "node:test";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { generateUnseen } from "../../redaction-corpus/generated/generate-unseen.ts";
import { measureUnseen } from "../../redaction-corpus/generated/measure-unseen.ts";
import { isReadable, readViews } from "../../redaction-corpus/generated/read-views.ts";

/** Five that are always the same, and three that nobody has seen. */
const drawn = Date.now() % 1_000_000;
const seeds = [1, 2, 3, 4, 5, drawn, drawn + 1, drawn + 2];

test("of a corpus that the rules were not written against, 97 % of the files come out without a secret", async (context) => {
  const { all, good, families, bad } = await measureUnseen(createRedactor(), "secrets", seeds);
  for (const [family, count] of families) context.diagnostic(`${family}: ${count.good} of ${count.all}`);
  assert.ok(all > 3000, `${all} files`);
  assert.ok(good / all >= 0.97, `${good} of ${all} files; not: ${bad.slice(0, 40).join("; ")}`);
});

test("of what only looks like a secret, 1 % of the files is touched at most", async (context) => {
  const { all, bad, families } = await measureUnseen(createRedactor(), "harmless", seeds);
  for (const [family, count] of families) context.diagnostic(`${family}: ${count.all - count.good} of ${count.all} touched`);
  assert.ok(all > 1500, `${all} files`);
  assert.ok(bad.length / all <= 0.01, `${bad.length} of ${all} files: ${bad.slice(0, 40).join("; ")}`);
});

test("every secret of the corpus can be read before, and so can everything that must stay", () => {
  for (const made of seeds.slice(0, 3).flatMap((seed) => [...generateUnseen(seed, "secrets"), ...generateUnseen(seed, "harmless")])) {
    const views = readViews(made.content);
    const lost = [
      ...made.secrets.filter((secret) => !isReadable(secret, views)),
      ...made.mustStay.filter((text) => !views.some((view) => view.includes(text))),
    ];
    assert.deepEqual(lost, [], made.id);
  }
});

test("a seed makes the same files each time, and another seed others", () => {
  const texts = (seed: number): readonly string[] => generateUnseen(seed, "secrets").map(({ name, content }) => name + content.toString("base64"));
  assert.deepEqual(texts(7), texts(7));
  assert.notDeepEqual(texts(7), texts(8));
});
