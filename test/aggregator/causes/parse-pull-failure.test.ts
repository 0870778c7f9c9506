import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parsePullFailure } from "../../../aggregator/causes/parse-pull-failure.ts";

type Case = { readonly kind: string; readonly runtime: string; readonly image: string; readonly message: string };
const cases: readonly Case[] = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/causes-pull-messages.json"), "utf8"));

describe("parsePullFailure", () => {
  for (const { kind, runtime, image, message } of cases)
    it(`is ${kind} for ${image} (${runtime}): …${message.slice(-60)}`, () => assert.equal(parsePullFailure(message, image), kind));
});
