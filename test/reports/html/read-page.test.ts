import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { readPage } from "../../../reports/html/read-page.ts";
import { renderHtml } from "../../../reports/html/render.ts";
import { renderJson } from "../../../reports/json/render.ts";
import { readReport } from "../../../reports/read-report.ts";
import { demoReport } from "./demo-report.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-read-page-"));
after(() => rm(folder, { recursive: true }));
const page = renderHtml(demoReport());
const write = async (text: string): Promise<string> => {
  const path = join(folder, "page.html");
  await writeFile(path, text);
  return path;
};

test("a page gives its report back, of which every format can be made", async () => {
  const report = await readReport(await write(page));
  assert.deepEqual(report, JSON.parse(renderJson(demoReport())));
});

for (const [title, text, message] of [
  ["another page", "<!doctype html><p>hello</p>", /it is a page, but none that holds a report/],
  ["a page that is cut off", page.slice(0, page.indexOf('"findings":')), /none that holds a report/],
  ["a page whose report was changed", page.replace('"status":"fail"', '"status":"well"'), /its report is broken at findings\.0\.status/],
] as const)
  test(`${title} is refused`, async () => {
    await assert.rejects(readPage(await write(text)), (error) => isKnownError(error) && message.test(error.message));
  });

test("what is no page is left to others", async () => {
  assert.equal(await readPage(await write("hello")), undefined);
  assert.equal(await readPage(folder), undefined);
  assert.equal(await readPage(join(folder, "nothing")), undefined);
});
