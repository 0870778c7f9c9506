import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pLimit from "p-limit";
import { syncFolder } from "../../core/archive/sync-folder.ts";
import { redactArchive } from "../../core/redaction/packs/redact-archive.ts";
import { packRedacted, redactPack } from "../../core/redaction/packs/redact-pack.ts";
import type { PackSource } from "../../core/redaction/packs/redact-source.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import type { UploadLimits } from "./inspect-upload.ts";
import type { TakenBody } from "./take-body.ts";

/** An upload that no worker has packed: an archive, or a file of that name. `path` is the folder of the tarball that its files go to. */
type Upload = { readonly body: Pick<TakenBody, "size" | "open">; readonly shape: "archive" | "file"; readonly name: string; readonly path: string };

/** Where the pack is kept. */
type Place = { readonly redactor: Redactor; readonly folder: string; readonly limits: UploadLimits };

/** Each holds some megabytes, and they are rare. */
const limit = pLimit(1);

/** A pack on the disk, which `release` removes unless it is what was accepted. */
type KeptPack = Pick<TakenBody, "size" | "store" | "release"> & { readonly shape: "packed"; readonly isRedacted: true };

/** Writes an upload as a pack without secrets, to be kept in place of what came. */
export const redactUpload = (upload: Upload, place: Place): Promise<KeptPack> =>
  limit(async () => {
    const file = randomUUID();
    const path = join(place.folder, file);
    try {
      await pipeline(Readable.from(pack(upload, place), { objectMode: false }), createWriteStream(path, { flush: true, mode: 0o600 }));
      await syncFolder(place.folder);
      return {
        size: (await stat(path)).size,
        shape: "packed",
        isRedacted: true,
        store: async () => ({ file }),
        release: async (accepted) => void (accepted?.file === file || (await rm(path, { force: true }))),
      };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  });

function pack({ body, shape, name, path: folder }: Upload, { redactor, limits }: Place): AsyncGenerator<Buffer> {
  const work = { redactor, heldBytes, folder };
  if (shape === "archive")
    return packRedacted(
      redactArchive(() => body.open(), { ...work, limits: { ...limits, links: "skip" } }),
      folder,
    );
  return redactPack(single({ name: "", path: `${folder}/${name}`, size: body.size, open: () => body.open() }), work);
}

async function* single(source: PackSource): AsyncGenerator<PackSource> {
  yield source;
}

/** As much as a worker holds. */
const heldBytes = 6 * 1024 * 1024;
