import { writeReportFile } from "../offline/write-report-file.ts";

/** Writes the HTML report of a tarball beside it; yields its path. */
export async function writeReport(tarball: string): Promise<string> {
  const { readRun } = await import("../../reports/read-run.ts");
  const { summarize } = await import("../../reports/summarize.ts");
  const { formats } = await import("../../reports/formats.ts");
  const path = `${tarball.replace(/\.tar\.gz$|\.tgz$/, "")}.html`;
  await writeReportFile(path, formats.html.render(summarize(await readRun(tarball))));
  return path;
}
