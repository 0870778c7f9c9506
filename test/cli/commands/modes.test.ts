import assert from "node:assert/strict";
import { test } from "node:test";
import { modesCommand } from "../../../cli/commands/modes.ts";
import { outputSchemas } from "../../../core/contract/output-schemas.ts";
import { conformanceModes } from "../../../plugins/conformance/modes.ts";
import { assertGolden } from "../../golden.ts";
import { runCommand } from "../results-report/run-command.ts";

test("the modes are listed with what they choose, long patterns cut", async () => assertGolden("cli/modes.txt", (await runCommand(modesCommand, [])).out));

test("as JSON they are whole, and one is the default", async () => {
  const printed: unknown = JSON.parse((await runCommand(modesCommand, ["--json"])).out);
  const modes = outputSchemas.modes.parse(printed);
  assert.deepEqual(modes, printed);
  assert.equal(modes["conformance-lite"]?.skip, conformanceModes["conformance-lite"].skip);
  assert.deepEqual(
    Object.keys(modes).filter((name) => modes[name]?.isDefault === true),
    ["non-disruptive-conformance"],
  );
});
