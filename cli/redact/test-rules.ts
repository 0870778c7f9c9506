import { resolve } from "node:path";
import type { ExitCode } from "../../core/contract/known-error.ts";
import { buildRedactionReport } from "../../core/redaction/redaction-report.ts";
import type { FileTally } from "../../core/redaction/redaction-report.ts";
import { createRedactor } from "../../core/redaction/redactor.ts";
import type { CommandContext } from "../command-context.ts";
import { previewEntries } from "./preview-entries.ts";
import { readEntries } from "./read-entries.ts";
import { readUserRules } from "./read-user-rules.ts";
import { renderReport } from "./render-report.ts";
import { findSourceKind } from "./source-kind.ts";

/** Shows what a sample would be with these rules, and how often each of them found something; 1 if none of them did. */
export async function testRules(context: CommandContext, rulesPath: string, sample: string): Promise<ExitCode> {
  const { cwd, output } = context;
  const userRules = await readUserRules(rulesPath, cwd);
  const source = resolve(cwd, sample);
  const kind = await findSourceKind(source, sample);
  const tallies: FileTally[] = [];
  const entries = readEntries(source, { kind, shown: sample, onSkipped: () => undefined });
  await previewEntries(context, { entries, redactor: createRedactor({ userRules }), tallies });
  const report = buildRedactionReport(tallies, { privacy: "off", userRules: userRules.ids.length });
  output.out(renderReport(report, { files: tallies.length, target: undefined }));
  const idle = userRules.ids.filter((id) => report.totals[id] === undefined);
  for (const id of idle) output.err(`${id} found nothing.\n`);
  return idle.length === userRules.ids.length && idle.length > 0 ? 1 : 0;
}
