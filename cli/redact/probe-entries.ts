import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { makeCanaries } from "../../core/redaction/canaries.ts";
import { redactEntry } from "../../core/redaction/files/redact-entry.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";

type Place = { readonly spoolFolder: string; readonly signal: AbortSignal };

/** How many of four canaries come out of each kind of file that is redacted here; they go through the same code as every file, and to nowhere. */
export async function probeEntries(redactor: Redactor, place: Place): Promise<Readonly<Record<string, number>>> {
  const { line, object, survivors } = makeCanaries(randomBytes);
  const redact = async (name: string, content: Buffer): Promise<Buffer> => {
    const entry = { name, size: content.length, body: Readable.from([content], { objectMode: false }) };
    const clean = await redactEntry(redactor, entry, { ...place, tally: createTally() });
    await clean.remove();
    return "content" in clean ? clean.content : Buffer.from(line);
  };
  const packed = await redact("canary.log.gz", await promisify(gzip)(line));
  return {
    objects: survivors((await redact("canary.json", Buffer.from(JSON.stringify(object)))).toString()),
    text: survivors((await redact("canary.log", Buffer.from(line))).toString()),
    archives: survivors((await promisify(gunzip)(packed).catch(() => packed)).toString()),
  };
}
