import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { readRun } from "../../reports/read-run.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { summarize } from "../../reports/summarize.ts";
import { writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-small-report-"));
after(() => rm(folder, { recursive: true }));

/** A report of a tarball with these entries; both are gone after the test. */
export async function reportOf(entries: readonly (readonly [string, string])[]): Promise<RunReport> {
  return summarize(await readRun(await writeTarball(await mkdtemp(join(folder, "run-")), "small.tar.gz", entries)));
}
