import type { RunReport } from "../../reports/run-report.ts";
import { writeReportFile } from "../offline/write-report-file.ts";

/** Writes a report, replacing what is there; yields its path. */
export async function writeReport({ report, format, path }: ReportRequest): Promise<string> {
  const { formats } = await import("../../reports/formats.ts");
  await writeReportFile(path, formats[format].render(report));
  return path;
}

export type ReportRequest = { readonly report: RunReport; readonly format: "html" | "junit"; readonly path: string };

/** Where a tarball's HTML report goes: beside it, under its name. */
export const reportBeside = (tarball: string): string => `${tarball.replace(/\.tar\.gz$|\.tgz$/, "")}.html`;
