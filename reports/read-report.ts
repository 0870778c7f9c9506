import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { readPage } from "./html/read-page.ts";
import { readRun } from "./read-run.ts";
import { nameOfPlace } from "./read-tarball.ts";
import type { RunReport } from "./run-report.ts";
import type { TarballDigest } from "./run.ts";
import { summarize } from "./summarize.ts";

/** The report of a tarball, of the folder that one was extracted to, which has no digest, or of a page that holds one; KnownErrors as readRun and readPage. */
export async function readReport(place: string | { readonly asItIs: string }): Promise<RunReport> {
  const path = nameOfPlace(place);
  const told = await readPage(path);
  if (told !== undefined) return told;
  const run = await readRun(place);
  const digest = await digestOf(path);
  return summarize(digest === undefined ? run : { ...run, digest });
}

async function digestOf(path: string): Promise<TarballDigest | undefined> {
  const file = await stat(path);
  if (!file.isFile()) return undefined;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1024 ** 2 }), hash);
  return { sha256: hash.digest("hex"), bytes: file.size };
}
