import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { openFiles } from "../core/archive/open-files.ts";
import { isKnownError } from "../core/contract/known-error.ts";
import { readPieces } from "../core/archive/read-pieces.ts";
import { copyPieces } from "../core/redaction/packs/copy-pieces.ts";
import { redactArchive } from "../core/redaction/packs/redact-archive.ts";
import { packRedacted, redactPack } from "../core/redaction/packs/redact-pack.ts";
import type { PackSource } from "../core/redaction/packs/redact-source.ts";
import type { Redactor } from "../core/redaction/redactor.ts";
import { createRunRedactor } from "../core/redaction/run-redactor.ts";
import { renderFailure } from "./log.ts";
import { openInside } from "./open-inside.ts";
import type { Sent } from "./redact-job.ts";
import { noArchiveCode, parseRedactJob } from "./redact-job.ts";

/**
 * The process that a worker starts for as long as it sends: it reads a job from its standard input and writes the pack, without secrets, to its standard
 * output, and what it has to tell to its standard error, a line each. It may compile what it runs, which the worker, in as little memory as can be, may not.
 */
const megabyte = 1024 * 1024;
/** With these it takes up to 160 MB, for JSON of many small values and for archives. */
const usual = { heldBytes: 6 * megabyte, longestUnpacked: 10 * megabyte };
const careful = { heldBytes: megabyte / 4, longestUnpacked: megabyte };

const limits = {
  maxEntries: Infinity,
  maxEntryBytes: Infinity,
  maxTotalBytes: Infinity,
  links: "skip",
  onSkipped: (name: string, why: string) => tell(name, why),
} as const;

const tell = (name: string, why: string): void => void process.stderr.write(`${JSON.stringify(`${name}: ${why}`)}\n`);

try {
  const { sent, folder, redaction, isCareful } = parseRedactJob(await text(process.stdin));
  const { privacy, rules, key, knownNames } = redaction;
  const { heldBytes, longestUnpacked } = isCareful ? careful : usual;
  const material = { key: key === undefined ? undefined : Buffer.from(key, "hex"), knownNames };
  const redactor = createRunRedactor({ privacy, ...(rules !== undefined && { rules }) }, material, { longestUnpacked });
  if (redactor === undefined) throw new Error("There is nothing to hide.");
  const work = { redactor, heldBytes, folder };
  const pack = sent.kind === "archive" ? packArchive(sent, work) : redactPack(openSources(sent, folder), work);
  await pipeline(Readable.from(pack, { objectMode: false }), process.stdout);
} catch (error) {
  process.stderr.write(`${JSON.stringify(`the result could not be packed: ${renderFailure(error)}`)}\n`);
  process.exitCode = isKnownError(error) ? noArchiveCode : 1;
}

type Work = { readonly redactor: Redactor; readonly heldBytes: number; readonly folder: string };

/** The aggregator knows the run's limits. */
async function* packArchive({ resultsDir, path, name }: Extract<Sent, { readonly kind: "archive" | "file" }>, work: Work): AsyncGenerator<Buffer> {
  const { handle, stats } = await openInside(resultsDir, path);
  try {
    // A stream of the handle's own would close it.
    const open = () => Readable.from(copyPieces(readPieces(handle, stats.size, (why) => tell(name, why))), { objectMode: false });
    yield* packRedacted(redactArchive(open, { ...work, limits }), work.folder);
  } finally {
    await handle.close();
  }
}

async function* openSources(sent: Exclude<Sent, { readonly kind: "archive" }>, folder: string): AsyncGenerator<PackSource> {
  if (sent.kind === "folder") {
    for await (const file of openFiles(sent.folder, { exclude: sent.exclude, onSkipped: tell })) yield { ...file, path: `${folder}/${file.name}` };
    return;
  }
  const { handle, stats } = await openInside(sent.resultsDir, sent.path);
  try {
    const { name } = sent;
    // The size is that of this moment, so that a file which still grows comes to an end.
    yield { name: "", path: `${folder}/${name}`, size: stats.size, open: () => readPieces(handle, stats.size, (why) => tell(name, why)) };
  } finally {
    await handle.close();
  }
}
