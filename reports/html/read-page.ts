import { open, readFile } from "node:fs/promises";
import { KnownError } from "../../core/contract/known-error.ts";
import { runReportSchema } from "../../core/contract/report/run-report.ts";
import type { RunReport } from "../run-report.ts";
import { extractIsland } from "./island.ts";

/** The report that a page made by renderHtml holds, checked; undefined where the file is no page or can't be opened. KnownErrors for a page without a report, or with a broken one. */
export async function readPage(path: string): Promise<RunReport | undefined> {
  if (!(await isPage(path))) return undefined;
  const json = extractIsland(await readFile(path, "utf8"));
  const parsed = runReportSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const what =
    json === undefined ? "it is a page, but none that holds a report" : `its report is broken at ${parsed.error.issues[0]?.path.join(".") || "its beginning"}`;
  throw new KnownError("invalid-file", `${path}: ${what}.`, { hint: "Name the tarball itself, or a page that `asdic report --format html` wrote." });
}

async function isPage(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(doctype.length), 0, doctype.length, 0);
    return buffer.toString("latin1", 0, bytesRead).toLowerCase() === doctype;
  } catch {
    // A folder can be opened, and not read.
    return false;
  } finally {
    await file.close();
  }
}

const doctype = "<!doctype html";
