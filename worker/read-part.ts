import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { offsetHeader, partDigestHeader, wirePaths } from "../core/contract/worker-wire.ts";
import type { Aggregator } from "./aggregator-connection.ts";
import type { Result } from "./open-result.ts";

/** What the aggregator has of a result by an upload that broke off: how many bytes, and their SHA-256 in hex. */
export type Part = { readonly size: number; readonly sha256: string };

/** Asks what is there of this worker's result; undefined where there is nothing to go on with. Throws when there is no answer. */
export async function askForPart(options: {
  readonly aggregator: Aggregator;
  readonly settings: Pick<WorkerSettings, "plugin" | "node">;
  readonly signal: AbortSignal;
}): Promise<Part | undefined> {
  const { aggregator, settings, signal } = options;
  const path = wirePaths.result(settings.plugin, settings.node);
  const { status, headers } = await aggregator.send({ method: "HEAD", path, body: Buffer.alloc(0), signal });
  const [size, sha256] = [Number(headers[offsetHeader]), headers[partDigestHeader]];
  return status === 200 && Number.isSafeInteger(size) && size > 0 && typeof sha256 === "string" ? { size, sha256 } : undefined;
}

/** The rest of a result behind a part, and the hash over the part; undefined where the result does not begin with it, because it is another one by now. */
export async function readPart(open: () => Promise<Result>, part: Part): Promise<(Result & { readonly hash: Hash }) | undefined> {
  const result = await open();
  const hash = createHash("sha256");
  const chunks: AsyncIterator<Buffer> = result.body.iterator({ destroyOnReturn: false });
  for (let left = part.size; left > 0;) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    const taken = value.subarray(0, left);
    hash.update(taken);
    left -= taken.length;
    if (left > 0 || hash.copy().digest("hex") !== part.sha256) continue;
    const body = Readable.from(rest(value.subarray(taken.length), chunks), { objectMode: false });
    body.once("close", () => result.body.destroy());
    return { ...result, hash, body };
  }
  result.body.destroy();
  return undefined;
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}
