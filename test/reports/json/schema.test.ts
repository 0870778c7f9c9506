import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { reportCommand } from "../../../cli/commands/report.ts";
import { renderJson } from "../../../reports/json/render.ts";
import { readReport } from "../../../reports/read-report.ts";
import { runCommand } from "../../cli/results-report/run-command.ts";
import { readHostile } from "../hostile/read-hostile.ts";

const root = join(import.meta.dirname, "../../..");
const committed = readFileSync(join(root, "docs/schema/report.schema.json"), "utf8");
const hostile = await readHostile();
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(committed) as object);

test("the committed schema is what `asdic report --schema` prints", async () => {
  assert.equal((await runCommand(reportCommand, ["--schema"])).out, committed, "run `npm run -s dev -- report --schema > docs/schema/report.schema.json`");
});

function assertValid(json: string): void {
  assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors?.slice(0, 3)));
}

test("the golden report is valid by it", () => assertValid(readFileSync(join(root, "test/golden/reports/small-run.json"), "utf8")));

for (const name of ["sonobuoy-v0.8", "sonobuoy-v0.9", "sonobuoy-v0.10", "sonobuoy-v0.53-4-failures"])
  test(`the report of ${name} is valid by it`, async () => assertValid(renderJson(await readReport(join(root, `test/fixtures/reports/${name}.tar.gz`)))));

for (const [name, report] of hostile) test(`the report of hostile ${name} is valid by it`, () => assertValid(renderJson(report)));

test("a report of another version is not", () => {
  const golden = JSON.parse(readFileSync(join(root, "test/golden/reports/small-run.json"), "utf8")) as object;
  assert.equal(validate({ ...golden, schemaVersion: 1 }), false);
  assert.equal(validate({ ...golden, findings: [{}] }), false);
});
