import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import pLimit from "p-limit";
import type { Random } from "./faults/random/random.ts";
import { createRandom } from "./faults/random/random.ts";

type Cases = {
  readonly count: number;
  readonly atOnce?: number;
  /** After every thousandth case, while none is under way. */
  readonly check?: () => Promise<void>;
  /** Plays a case; says whether it got past what is looked at first. */
  readonly play: (random: Random, index: number) => Promise<boolean>;
};

/**
 * Plays cases that follow from their index alone. Fails where one throws or takes longer than 20 s, with its index, by which ASDIC_CASE plays it alone,
 * and where less than a third gets past the header; the number is printed.
 */
export async function playCases(context: TestContext, { count, atOnce = 1, check = async () => undefined, play }: Cases): Promise<void> {
  const only = process.env["ASDIC_CASE"];
  const limit = pLimit(atOnce);
  let past = 0;
  const playOne = async (index: number): Promise<void> => {
    try {
      if (await within(20_000, play(createRandom(seed ^ Math.imul(index + 1, 0x9e3779b1)), index))) past++;
    } catch (error) {
      throw new Error(`seed ${seed}, case ${index}: ASDIC_CASE=${index} plays it alone`, { cause: error });
    }
  };
  if (only !== undefined) {
    await playOne(Number(only));
    return await check();
  }
  for (let first = 0; first < count; first += checkEvery) {
    await Promise.all(Array.from({ length: Math.min(checkEvery, count - first) }, (_, index) => limit(playOne, first + index)));
    await check();
  }
  context.diagnostic(`${past} of ${count} got past the header`);
  assert.ok(past > count / 3, `${past} of ${count}`);
}

const seed = 20_261_121;
const checkEvery = 1000;

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`nothing after ${milliseconds} ms`)), milliseconds);
  return await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
