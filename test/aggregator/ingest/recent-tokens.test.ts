import assert from "node:assert/strict";
import { test } from "node:test";
import { createRecentTokens } from "../../../aggregator/ingest/recent-tokens.ts";

test("a token is known for a minute, and no longer than it is good", () => {
  let now = 1_000_000;
  const tokens = createRecentTokens(() => now);
  tokens.add("long", "pod-1", 5000);
  tokens.add("short", "pod-2", 1010);
  assert.deepEqual([tokens.find("long"), tokens.find("short"), tokens.find("other")], ["pod-1", "pod-2", undefined]);
  now += 9999;
  assert.equal(tokens.find("short"), "pod-2");
  now += 1;
  assert.deepEqual([tokens.find("long"), tokens.find("short")], ["pod-1", undefined]);
  now = 1_060_000;
  assert.equal(tokens.find("long"), undefined);
});

test("no more than ten thousand are kept, the oldest go first", () => {
  const tokens = createRecentTokens(() => 0);
  for (let index = 0; index <= 10_000; index++) tokens.add(`token ${index}`, `pod ${index}`, 3600);
  assert.deepEqual([tokens.find("token 0"), tokens.find("token 1"), tokens.find("token 10000")], [undefined, "pod 1", "pod 10000"]);
});
