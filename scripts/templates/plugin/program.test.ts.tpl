import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgressUpdate } from "../../../plugins/plugin-program.ts";
import { {{camel}}Program } from "../../../plugins/{{kebab}}/program.ts";
import { assertGolden } from "../../golden.ts";

test("{{kebab}} gives an item a thing looked at, and says that it is done", async () => {
  const reports: ProgressUpdate[] = [];
  const files = await {{camel}}Program({
    resultsDir: "/nowhere",
    variables: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    report: (progress) => reports.push(progress),
  });
  assert.deepEqual(
    files.map(({ name }) => name),
    ["results.yaml"],
  );
  assertGolden("plugins/{{kebab}}/results.yaml", files[0]?.content ?? "");
  assert.equal(reports.at(-1)?.completed, reports.at(-1)?.total);
});
