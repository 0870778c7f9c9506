import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { reportCommand } from "../../../cli/commands/report.ts";
import { resultsCommand } from "../../../cli/commands/results.ts";
import { formatNames } from "../../../reports/format-names.ts";
import { assertHarmlessFormat, assertPlain } from "./assert-harmless-format.ts";
import { runCommand } from "./run-command.ts";

/**
 * Runs `results` and `report` over a tarball in every mode and format: what they print on a terminal steers none, what they print for a program is what its
 * reader takes.
 */
export async function assertHarmless(tarball: string): Promise<void> {
  for (const mode of ["report", "detailed", "dump", "readable"]) {
    const { out, err } = await runCommand(resultsCommand, [tarball, "--mode", mode], { isTerminal: true });
    assert.ok(out.length > 0);
    assertPlain(`results --mode ${mode}`, out + err);
  }
  const { out: dump } = await runCommand(resultsCommand, [tarball, "--mode", "dump"]);
  for (const document of parseAllDocuments(dump)) assert.deepEqual(document.errors, []);
  for (const format of formatNames) {
    const { out, err } = await runCommand(reportCommand, [tarball, "--format", format]);
    assert.equal(err, "");
    assertHarmlessFormat(format, out);
  }
}
