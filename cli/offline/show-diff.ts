import { resolve } from "node:path";
import { diffFormats } from "../../reports/diff/formats.ts";
import type { DiffFormatName } from "../../reports/diff/format-names.ts";
import { renderDiffText } from "../../reports/diff/render-text.ts";
import type { CommandContext } from "../command-context.ts";
import { printUntrusted } from "./print-untrusted.ts";
import { readCompared } from "./read-judged.ts";
import { terminalLook } from "./terminal-look.ts";
import type { ThresholdFlags } from "./threshold-options.ts";
import { writeReportFile } from "./write-report-file.ts";

export type DiffRequest = ThresholdFlags & {
  readonly before: string;
  readonly after: string;
  readonly format: DiffFormatName;
  readonly output?: string | undefined;
  readonly waivers?: string | undefined;
};

/** Prints how a tarball differs from an earlier one, or writes it to a file; KnownErrors as readCompared. */
export async function showDiff(context: CommandContext, { before, after, format, output, ...flags }: DiffRequest): Promise<void> {
  const { diff, judge } = await readCompared(context, { ...flags, file: after, baseline: before });
  const isPrinted = output === undefined || output === "-";
  if (!isPrinted) await writeReportFile(resolve(context.cwd, output), diffFormats[format](diff));
  else if (format === "text") context.output.out(renderDiffText(diff, terminalLook(context, "brief")));
  else printUntrusted(context.output, diffFormats[format](diff));
  judge();
}
