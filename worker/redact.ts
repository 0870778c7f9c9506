import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { openFiles } from "../core/archive/open-files.ts";
import { readPieces } from "../core/archive/read-pieces.ts";
import { redactPack } from "../core/redaction/packs/redact-pack.ts";
import type { PackSource } from "../core/redaction/packs/redact-source.ts";
import { createRunRedactor } from "../core/redaction/run-redactor.ts";
import { renderFailure } from "./log.ts";
import { openInside } from "./open-inside.ts";
import type { Sent } from "./redact-job.ts";
import { parseRedactJob } from "./redact-job.ts";

/**
 * The process that a worker starts for as long as it sends: it reads a job from its standard input and writes the pack, without secrets, to its standard
 * output, and what it has to tell to its standard error, a line each. It may compile what it runs, which the worker, in as little memory as can be, may not.
 */
const megabyte = 1024 * 1024;
/** With these it takes up to 160 MB, for JSON of many small values and for archives. */
const usual = { heldBytes: 6 * megabyte, longestUnpacked: 10 * megabyte };
const careful = { heldBytes: megabyte / 4, longestUnpacked: megabyte };

const tell = (name: string, why: string): void => void process.stderr.write(`${JSON.stringify(`${name}: ${why}`)}\n`);

try {
  const { sent, folder, redaction, isCareful } = parseRedactJob(await text(process.stdin));
  const { privacy, rules, key, knownNames } = redaction;
  const { heldBytes, longestUnpacked } = isCareful ? careful : usual;
  const material = { key: key === undefined ? undefined : Buffer.from(key, "hex"), knownNames };
  const redactor = createRunRedactor({ privacy, ...(rules !== undefined && { rules }) }, material, { longestUnpacked });
  if (redactor === undefined) throw new Error("There is nothing to hide.");
  await pipeline(Readable.from(redactPack(openSources(sent, folder), { redactor, heldBytes, folder }), { objectMode: false }), process.stdout);
} catch (error) {
  process.stderr.write(`${JSON.stringify(`the result could not be packed: ${renderFailure(error)}`)}\n`);
  process.exitCode = 1;
}

async function* openSources(sent: Sent, folder: string): AsyncGenerator<PackSource> {
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
