import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { readReport } from "../../../reports/read-report.ts";
import type { RunReport } from "../../../reports/run-report.ts";
import { writeTarball } from "../small-run.ts";
import { hostileEntries } from "./hostile-entries.ts";
import { hostileTexts } from "./hostile-texts.ts";

/** The reports of the tarballs with hostile texts, by the kind of attack; their files go when the tests have ended, so it is awaited before the first one. */
export async function readHostile(): Promise<ReadonlyMap<string, RunReport>> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-hostile-"));
  after(() => rm(folder, { recursive: true }));
  const reports = new Map<string, RunReport>();
  for (const [name, texts] of Object.entries(hostileTexts))
    reports.set(name, await readReport(await writeTarball(folder, `${name}.tar.gz`, hostileEntries(texts))));
  return reports;
}
