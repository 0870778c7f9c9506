import { resolve } from "node:path";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { Finding } from "../../core/contract/report/finding.ts";
import { readReport } from "../../reports/read-report.ts";
import { fitsWaiver } from "../../reports/waivers/fits-waiver.ts";
import type { CommandContext } from "../command-context.ts";
import { writeReportFile } from "../offline/write-report-file.ts";
import { readTextFile } from "../read-text-file.ts";
import { fitText } from "../terminal/safe-text.ts";
import { addWaiver } from "./add-waiver.ts";
import { findWaivable } from "./find-waivable.ts";
import { parseWaiver, type WaiverFlags } from "./parse-waiver.ts";

export type WaiveRequest = Omit<WaiverFlags, "today"> & { readonly file: string; readonly output: string | undefined };

/** Writes a waiver for findings of a tarball into a file of waivers, or prints it; KnownErrors as readReport, parseWaiver, findWaivable and readWaivers. */
export async function waive({ output, cwd, now }: CommandContext, { file, output: path, ...flags }: WaiveRequest): Promise<void> {
  const waiver = parseWaiver({ ...flags, today: now().toISOString().slice(0, 10) });
  const found = findWaivable(await readReport(resolve(cwd, file)), flags.name).filter((finding) => fitsWaiver(waiver, finding));
  const [first] = found;
  if (first === undefined)
    throw new KnownError("wrong-usage", `${flags.name}: none of its findings is of that kind, namespace, name, node and plugin.`, {
      hint: "Leave out what narrows it, or see with `asdic report --format json` what the findings are about.",
    });
  const addition = { waiver, about: describe(first, found.length) };
  if (path === undefined) return output.out(addWaiver(undefined, "", addition).text);
  const { text, was } = addWaiver(await readExisting(path, cwd), path, addition);
  await writeReportFile(resolve(cwd, path), text);
  output.err(
    `${path}: ${was === "new" ? "one more waiver" : "the waiver that was there is changed"}, which fits ${count(found.length)} of ${fitText(file)}.\n`,
  );
}

const describe = ({ plugin, title }: Finding, found: number): string =>
  fitText(`${plugin}: ${title}`, aboutColumns) + (found > 1 ? ` and ${found - 1} more` : "");
const aboutColumns = 160;

const count = (number: number): string => `${number} finding${number === 1 ? "" : "s"}`;

/** Undefined where there is none yet. */
async function readExisting(path: string, cwd: string): Promise<string | undefined> {
  try {
    return await readTextFile({ path, cwd, where: `-o ${path}`, mostBytes: 4 * 1024 ** 2, hint: "Name a file of waivers, or one that isn't there yet." });
  } catch (error) {
    if (isKnownError(error) && error.cause instanceof Error && "code" in error.cause && error.cause.code === "ENOENT") return undefined;
    throw error;
  }
}
