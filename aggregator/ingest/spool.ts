import { createHash, randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";

/** Bytes that lie in the spool under their final name, synced; not yet accepted. */
export type SpooledFile = { readonly file: string; readonly path: string; readonly size: number; readonly sha256: string };

/** Writes a request's body to a file of its own in the spool, at most `maxBytes`; a body that breaks off leaves nothing. */
export async function spoolBody(request: IncomingMessage, folder: string, maxBytes: number): Promise<SpooledFile> {
  const file = randomUUID();
  const path = join(folder, file);
  const handle = await open(`${path}.part`, "wx");
  const hash = createHash("sha256");
  let size = 0;
  try {
    // The request must outlive a refusal in the middle of its body, or the sender never reads the answer.
    const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) throw new Refusal(413, tooLarge(maxBytes));
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
    if (!request.complete) throw new Error("the upload broke off");
    await handle.datasync();
    await handle.close();
    await rename(`${path}.part`, path);
    await syncFolder(folder);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(`${path}.part`, { force: true });
    throw error;
  }
  return { file, path, size, sha256: hash.digest("hex") };
}

/** What an upload over the limit is told. */
export const tooLarge = (maxBytes: number): string => `The result is larger than the run's limit of ${maxBytes} bytes; --max-result-size raises it.`;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
