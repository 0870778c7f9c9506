import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import type { PagePool } from "./page-pool.ts";
import { createPagePool } from "./page-pool.ts";
import type { PartialUploads } from "./partial-uploads.ts";
import { createPartialUploads } from "./partial-uploads.ts";
import type { SyncedFile } from "./synced-file.ts";
import { openSyncedFile } from "./synced-file.ts";

/** Where uploads lie until they are sealed: small ones one behind the other in a file of this life of the aggregator, each larger one in its own. */
export type Spool = {
  readonly folder: string;
  /** Of one upload. */
  readonly maxBytes: number;
  readonly partials: PartialUploads;
  readonly pages: PagePool;
  readonly shared: { readonly name: string; readonly file: SyncedFile };
};

/** What is larger has a file of its own. */
const smallBytes = 1024 * 1024;
/** Of small uploads and of what large ones have not written yet, together. */
const memoryBytes = 12 * 1024 * 1024;

/** The spool in a folder, without what earlier lives had spooled and not accepted; a file whose end was torn by a crash is not written to any more. */
export async function openSpool(
  folder: string,
  { accepted, maxBytes }: { readonly accepted: Iterable<AcceptedUpload>; readonly maxBytes: number },
): Promise<Spool> {
  await removeUnaccepted(folder, accepted);
  const name = randomUUID();
  return {
    folder,
    maxBytes,
    partials: createPartialUploads(folder, maxBytes),
    pages: createPagePool({ poolBytes: memoryBytes, bodyBytes: smallBytes }),
    shared: { name, file: await openSyncedFile(join(folder, name), 0) },
  };
}

async function removeUnaccepted(folder: string, accepted: Iterable<AcceptedUpload>): Promise<void> {
  const kept = new Set([...accepted].map(({ file }) => file));
  const names = await readdir(folder);
  const ours = names.filter((name) => uuid.test(name) && !kept.has(name.slice(0, uuidLength)));
  await Promise.all(ours.map((name) => rm(join(folder, name), { force: true })));
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.|$)/;
const uuidLength = 36;
