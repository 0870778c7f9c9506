import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pLimit from "p-limit";
import { extract } from "tar-stream";
import type { ServerSettings } from "./messages.ts";
import { serve } from "./serve.ts";

/** Takes uploads as Sonobuoy's aggregator does: one mutex around each, a file or an unpacked archive straight to the disk, nothing synced, nothing compared. */
const mutex = pLimit(1);

await serve(async ({ folder, cert, key }: ServerSettings) => {
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await mutex(async () => {
      if (request.headers.expect !== undefined) response.writeContinue();
      const path = join(folder, request.url ?? "");
      await mkdir(path, { recursive: true });
      if (request.headers["content-type"] === "application/gzip") await unpack(request, path);
      else await pipeline(request, createWriteStream(join(path, "result"), { highWaterMark: 32 * 1024 }));
    });
    response.end();
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    take(request, response).catch(() => response.destroy());
  };
  const server = createServer({ cert, key }, handle);
  server.on("checkContinue", handle);
  return { server, finish: async () => 0 };
});

async function unpack(request: IncomingMessage, folder: string): Promise<void> {
  const tar = extract();
  const writing = (async () => {
    for await (const entry of tar) {
      const path = join(folder, entry.header.name);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(entry, createWriteStream(path));
    }
  })();
  await Promise.all([pipeline(request, createGunzip(), tar), writing]);
}
