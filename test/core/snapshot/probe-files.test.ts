import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { makeCanaries } from "../../../core/redaction/canaries.ts";
import { probeFiles } from "../../../core/snapshot/probe-files.ts";

test("no canary comes out of a snapshot's files, whatever its random bytes are", async () => {
  const redactor = createRedactor();
  for (let round = 0; round < 50; round++)
    assert.deepEqual(await probeFiles({ redactor, onFile: () => undefined }, randomBytes), { objects: 0, files: 0, logs: 0 });
});

test("canaries that come out are counted", async () => {
  const blind = { ...createRedactor(), rulesOf: [], scan: () => [] as never };
  const { logs, objects } = await probeFiles({ redactor: blind, onFile: () => undefined }, randomBytes);
  assert.equal(logs, 4);
  assert.ok((objects ?? 0) > 0);
  const { line, object, survivors } = makeCanaries(randomBytes);
  assert.deepEqual(
    [line, JSON.stringify(object), "nothing"].map((output) => survivors(output) > 0),
    [true, true, false],
  );
});
