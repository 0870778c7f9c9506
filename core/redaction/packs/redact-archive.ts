import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { ArchiveLimits } from "../../archive/archive-limits.ts";
import type { ArchiveEntry } from "../../archive/read-archive.ts";
import { readArchive } from "../../archive/read-archive.ts";
import type { Redactor } from "../redactor.ts";
import { createTally } from "../tally.ts";
import { countBytes } from "./count-bytes.ts";
import { cutPieces } from "./cut-pieces.ts";
import { explainFailure } from "./explain-failure.ts";
import { openClean } from "./open-clean.ts";
import type { RedactedSource } from "./redact-source.ts";
import { isLeftOut } from "../files/is-left-out.ts";
import { describeSource, holdPlaceholder, redactSource } from "./redact-source.ts";

type Work = { readonly redactor: Redactor; readonly heldBytes: number; readonly folder: string; readonly limits: ArchiveLimits };

/**
 * The files of a tar or tar.gz without their secrets, in their order, each to be read before the next is asked for. The archive is read twice: first to its
 * end, so that one that is damaged or over the limits is known before there is a file (KnownError "invalid-tarball"), and the sizes of its large files are.
 * Large files are read as text; "busy" comes now and then while nothing else does.
 */
export async function* redactArchive(open: () => Readable, work: Work): AsyncGenerator<RedactedSource | "busy"> {
  const large = yield* measureLarge(open(), work);
  let index = 0;
  for await (const entry of readArchive(open(), { ...work.limits, onSkipped: () => undefined })) {
    const measured = large.get(index++);
    yield measured === undefined ? yield* redactHeld(entry, work) : measured(entry.body);
  }
}

/** Makes of an entry's content, when it comes the second time, what the first time has shown that it will be. */
type Measured = (body: Readable) => RedactedSource;

async function* measureLarge(archive: Readable, { redactor, heldBytes, folder, limits }: Work): AsyncGenerator<"busy", ReadonlyMap<number, Measured>> {
  const measured = new Map<number, Measured>();
  let index = 0;
  for await (const { name, size, body } of readArchive(archive, limits)) {
    const source = { name, path: `${folder}/${name}` };
    if (size > heldBytes && !isArchive(name) && !isLeftOut(redactor, source.path)) measured.set(index, yield* measureText(redactor, { ...source, size }, body));
    else yield* countBytes(body);
    index += 1;
  }
  return measured;
}

/** Those are read whole or not at all. */
const isArchive = (name: string): boolean => /\.(?:gz|tgz|tar|zip)$/i.test(name);

type Large = { readonly name: string; readonly path: string; readonly size: number };

async function* measureText(redactor: Redactor, { name, path, size }: Large, body: Readable): AsyncGenerator<"busy", Measured> {
  const described = describeSource(redactor, { name, path });
  const stages = { isGzip: false, text: "text" } as const;
  try {
    const clean = yield* countBytes(openClean(redactor, { pieces: body, stages }, described.found.tally));
    if (described.found.isKept) return (again) => ({ found: described.found, file: { name, size, pieces: cutPieces(again, size) } });
    return (again) => ({
      found: described.found,
      file: { name: described.name, size: clean, pieces: cutPieces(openClean(redactor, { pieces: again, stages }, createTally()), clean) },
    });
  } catch (error) {
    const why = explainFailure(error);
    return () => holdPlaceholder(described, path, why);
  }
}

async function* redactHeld({ name, size, body }: ArchiveEntry, { redactor, heldBytes, folder }: Work): AsyncGenerator<"busy", RedactedSource> {
  const path = `${folder}/${name}`;
  const leavesOut = isLeftOut(redactor, path);
  if (size > redactor.longestUnpacked && !leavesOut)
    return holdPlaceholder(describeSource(redactor, { name, path }), path, `it is larger than ${redactor.longestUnpacked} bytes, and is read only whole`);
  const content = leavesOut ? Buffer.alloc(0) : await buffer(body);
  return yield* redactSource(redactor, { name, path, size: content.length, open: () => once(content) }, Math.max(heldBytes, content.length));
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
