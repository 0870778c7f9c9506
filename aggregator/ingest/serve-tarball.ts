import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import { Refusal } from "./refusal.ts";

/** Sends the tarball, or the part that a single Range asks for; its ETag is its SHA-256, so that a broken transfer can go on. */
export async function serveTarball(
  request: IncomingMessage,
  response: ServerResponse,
  tarball: { readonly path: string; readonly status: TarballStatus },
): Promise<void> {
  const { size, sha256, name } = tarball.status;
  const tag = `"${sha256}"`;
  const range = request.headers["if-range"] === undefined || request.headers["if-range"] === tag ? parseRange(request.headers.range, size) : undefined;
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    "content-type": "application/gzip",
    "content-length": end - start + 1,
    "content-disposition": `attachment; filename="${name}"`,
    "accept-ranges": "bytes",
    etag: tag,
    ...(range && { "content-range": `bytes ${start}-${end}/${size}` }),
  });
  if (request.method === "HEAD") return void response.end();
  await pipeline(createReadStream(tarball.path, { start, end }), response);
}

/** One range of bytes; several ranges or other units are answered with everything, as RFC 9110 allows. */
function parseRange(header: string | undefined, size: number): { readonly start: number; readonly end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [, first = "", last = ""] = match;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new Refusal(416, `The tarball has ${size} bytes.`);
  return { start, end };
}
