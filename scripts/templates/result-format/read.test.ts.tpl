import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { readResultFile } from "../../../core/results/read-result-file.ts";

const sample = join(import.meta.dirname, "../../fixtures/results/{{kebab}}.txt");

test("a real {{kebab}} file gives an item a result, and its status is that of the worst", async () => {
  const item = await readResultFile({ format: "{{kebab}}", name: "results.txt", body: createReadStream(sample) });
  assert.deepEqual(
    item.items?.map(({ name, status }) => [name, status]),
    [
      ["a pod starts", "passed"],
      ["a name is resolved", "failed"],
    ],
  );
  assert.equal(item.status, "failed");
});

test("a {{kebab}} file without results is unknown, and says why", async () => {
  const item = await readResultFile({ format: "{{kebab}}", name: "results.txt", body: Readable.from(["nothing\n"]) });
  assert.equal(item.status, "unknown");
  assert.match(String(item.details?.["error"]), /no results/);
});
