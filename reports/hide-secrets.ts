import { pipeline, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { isJsonObject } from "../core/contract/json.ts";
import { tarballPaths } from "../core/contract/tarball-layout.ts";
import { redactFile } from "../core/redaction/files/redact-file.ts";
import { createRedactor } from "../core/redaction/redactor.ts";
import { createTally } from "../core/redaction/tally.ts";
import { createTextStream } from "../core/redaction/text/text-stream.ts";
import type { TarballEntry } from "./read-tarball.ts";

/**
 * Gives the entries of a tarball, one after the other, without their secrets, unless its manifest, which comes first, says that this was done, or was not wanted.
 * Sonobuoy's tarballs have no manifest.
 */
export function createHiding(): (entry: TarballEntry) => Promise<TarballEntry> {
  let isDone = false;
  let redactor: ReturnType<typeof createRedactor> | undefined;
  return async (entry) => {
    if (entry.name === tarballPaths.manifest && entry.size < longestManifest) {
      const content = await buffer(await entry.open());
      isDone = saysRedaction(content);
      return { ...entry, open: async () => Readable.from([content]) };
    }
    if (isDone) return entry;
    redactor ??= createRedactor();
    const { name, size } = entry;
    const hiding = { redactor, tally: createTally() };
    if (name.endsWith(".json") && size < longestHeld)
      return { ...entry, open: async () => Readable.from([await redactFile(hiding.redactor, { name, content: await buffer(await entry.open()) }, hiding.tally)]) };
    return { ...entry, open: async () => pipeline(await entry.open(), createTextStream(hiding.redactor, hiding.tally), () => undefined) };
  };
}

const longestManifest = 4 * 1024 ** 2;
const longestHeld = 64 * 1024 ** 2;

function saysRedaction(content: Buffer): boolean {
  try {
    const manifest: unknown = JSON.parse(content.toString());
    return isJsonObject(manifest) && manifest["redaction"] !== undefined;
  } catch {
    return false;
  }
}
