import { writeReportFile } from "../offline/write-report-file.ts";

/** Writes a report of a tarball, replacing what is there; yields its path. */
export async function writeReport({ tarball, format, path }: ReportRequest): Promise<string> {
  const { readReport } = await import("../../reports/read-report.ts");
  const { formats } = await import("../../reports/formats.ts");
  await writeReportFile(path, formats[format].render(await readReport(tarball)));
  return path;
}

export type ReportRequest = { readonly tarball: string; readonly format: "html" | "junit"; readonly path: string };

/** Where a tarball's HTML report goes: beside it, under its name. */
export const reportBeside = (tarball: string): string => `${tarball.replace(/\.tar\.gz$|\.tgz$/, "")}.html`;
