import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { TarballStatus } from "../../../core/contract/run-status.ts";
import { answerJson } from "../../core/cluster/api-server.ts";
import type { Received } from "../../core/cluster/api-server.ts";
import { summary } from "../definitions.ts";
import { startRunServer, type RunServer } from "../run-server.ts";

const block = Buffer.alloc(1024 * 1024);

/** Bytes of no file: each MiB is noise that begins with its own number. */
function* generate(start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end;) {
    const number = Math.floor(at / block.length);
    const piece = Buffer.from(noise);
    piece.writeBigUInt64BE(BigInt(number));
    const bytes = piece.subarray(at - number * block.length, Math.min(block.length, end - number * block.length));
    at += bytes.length;
    yield bytes;
  }
}

const noise = createHash("shake256", { outputLength: block.length }).update("noise").digest();

export type GeneratedTarball = { readonly server: RunServer; readonly tarball: TarballStatus; readonly begins: () => readonly number[] };

/** A complete run with a tarball of so many bytes, which no disk holds; the connection is cut `cuts` times on the way. */
export async function startGeneratedTarball(size: number, cuts: number): Promise<GeneratedTarball> {
  const hash = createHash("sha256");
  for (const bytes of generate(0, size)) hash.update(bytes);
  const tarball = { name: "generated.tar.gz", created: "2026-01-02T03:05:05.000Z", sha256: hash.digest("hex"), size };
  const complete = summary({ phase: "complete", outcome: "complete", finishedAt: tarball.created, tarball });
  const begins: number[] = [];
  const answer = ({ path, headers }: Received, response: ServerResponse): void => {
    if (path.endsWith("/status")) return answerJson(response, { ...complete, results: [] });
    const start = Number(/^bytes=(\d+)-/.exec(headers.range ?? "")?.[1] ?? 0);
    begins.push(start);
    response.writeHead(start > 0 ? 206 : 200, { "content-length": size - start, ...(start > 0 && { "content-range": `bytes ${start}-${size - 1}/${size}` }) });
    const cut = Math.ceil((size / (cuts + 1)) * begins.length);
    const end = begins.length <= cuts ? Math.max(start, cut) : size;
    const body = Readable.from(generate(start, end), { objectMode: false });
    body.pipe(response, { end: end === size });
    if (end < size) body.once("end", () => response.write("", () => setTimeout(() => response.destroy(), 50)));
  };
  const server = await startRunServer(answer);
  server.publish(complete);
  return { server, tarball, begins: () => begins };
}
