import { mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";
import type { FormatName } from "../../reports/format-names.ts";
import type { FormatOptions } from "../../reports/formats.ts";
import type { RunReport } from "../../reports/run-report.ts";
import type { CommandContext } from "../command-context.ts";
import { describeWriteError } from "../describe-write-error.ts";
import { printUntrusted } from "./print-untrusted.ts";
import { writeReportFile } from "./write-report-file.ts";

/** `output` is a file for one format and a folder for several; "-" and nothing are the terminal for one, and nothing is beside the tarball for several. */
export type ReportsRequest = {
  readonly tarball: string;
  readonly report: RunReport;
  readonly formatNames: readonly FormatName[];
  readonly output?: string | undefined;
  readonly options: FormatOptions;
};

/** Prints a report, or writes one file for each format and prints where they are. */
export async function writeReports(context: CommandContext, { tarball, report, formatNames, output, options }: ReportsRequest): Promise<void> {
  const { formats } = await import("../../reports/formats.ts");
  const [first, ...others] = formatNames;
  if (first !== undefined && others.length === 0) {
    const isPrinted = output === undefined || output === "-";
    if (isPrinted && first === "text" && context.output.isTerminal) return printText(context, report);
    const content = formats[first].render(report, options);
    if (isPrinted) return printUntrusted(context.output, content);
    return writeReportFile(resolve(context.cwd, output), content);
  }
  if (output === "-")
    throw new KnownError("wrong-usage", "-o -: several formats can't be printed one behind the other.", { hint: "Give -o a folder, or --format one of them." });
  const folder = output === undefined ? dirname(tarball) : resolve(context.cwd, output);
  if (output !== undefined) await makeFolder(folder);
  for (const name of formatNames) {
    const path = join(folder, `${basename(tarball).replace(/\.tar\.gz$|\.tgz$/, "")}.${formats[name].extension}`);
    await writeReportFile(path, formats[name].render(report, options));
    printUntrusted(context.output, `${path}\n`);
  }
}

/** As the terminal has it. */
async function printText(context: CommandContext, report: RunReport): Promise<void> {
  const { renderText } = await import("../../reports/text/render.ts");
  const { terminalLook } = await import("./terminal-look.ts");
  context.output.out(renderText(report, terminalLook(context, "full")));
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw new KnownError("invalid-file", `${path}: can't be made a folder (${describeWriteError(error)}).`, {
      hint: "Give -o a folder for several formats, one that exists or can be made.",
      cause: error,
    });
  });
}
