import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { answerJson, type Received } from "../../core/cluster/api-server.ts";
import { summary } from "../definitions.ts";
import { startRunServer, type RunServer } from "../run-server.ts";

/** Answers for a request for the tarball, or doesn't and leaves it to the server. */
export type Meddle = (request: Received, response: ServerResponse, attempt: number) => boolean;

export type TarballServer = RunServer & { /** What was asked of the tarball, e.g. bytes=0-9. */ readonly ranges: () => readonly (string | undefined)[] };

/** A complete run whose aggregator has this tarball, in front of which `meddle` may stand. */
export async function startTarballServer(bytes: Buffer, meddle: Meddle = () => false, name = "asdic_abcd1234.tar.gz"): Promise<TarballServer> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const complete = summary({ phase: "complete", outcome: "complete", tarball: { name, created: "2026-01-02T03:05:05.000Z", sha256, size: bytes.length } });
  const ranges: (string | undefined)[] = [];
  const server = await startRunServer((request: Received, response: ServerResponse): void => {
    if (request.path.endsWith("/status")) return answerJson(response, { ...complete, results: [] });
    const { range } = request.headers;
    if (meddle(request, response, ranges.push(range))) return;
    const [, first = "0", last = ""] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
    const [start, end] = [Number(first), last === "" ? bytes.length : Number(last) + 1];
    const headers = { "content-length": end - start, ...(range !== undefined && { "content-range": `bytes ${start}-${end - 1}/${bytes.length}` }) };
    response.writeHead(range === undefined ? 200 : 206, headers).end(bytes.subarray(start, end));
  });
  server.publish(complete);
  return { ...server, ranges: () => ranges };
}
