import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { RangeSource } from "../../core/archive/open-indexed.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import type { AggregatorConnection } from "../aggregator-connection.ts";
import { checkTarballAnswer } from "./check-tarball-answer.ts";
import { isPassing, usualPauses } from "./try-again.ts";

export type RemoteTarball = {
  readonly connection: Pick<AggregatorConnection, "openTarball">;
  readonly tarball: TarballStatus;
  readonly signal: AbortSignal;
  /** Seconds before each try after one that failed; as many tries in a row may bring nothing. */
  readonly pauses?: readonly number[];
};

/** `fetched` says how many bytes have come so far. */
export type RemoteSource = RangeSource & { readonly fetched: () => number };

/** One request for each is cheaper than several for what stands there: manifest, status, index and tail. */
const edgeBytes = 64 * 1024;

/**
 * A tarball at the aggregator as bytes that can be read at any place, by the ways of `retrieve` and on through cuts. KnownError "transfer-failed" when
 * several tries in a row bring nothing or the aggregator has another tarball now; what is read is not held against the SHA-256, which is of the whole.
 */
export function createRemoteSource(remote: RemoteTarball): RemoteSource {
  const { size } = remote.tarball;
  const edges = [0, Math.max(0, size - edgeBytes)].map((start) => ({
    start,
    end: Math.min(size, start + edgeBytes),
    bytes: undefined as Promise<Buffer> | undefined,
  }));
  let fetched = 0;
  const count = (bytes: number): void => void (fetched += bytes);
  return {
    size,
    fetched: () => fetched,
    async *read(start, end) {
      const edge = edges.find((one) => one.start <= start && end <= one.end);
      if (edge !== undefined) {
        edge.bytes ??= buffer(Readable.from(readPiece(remote, edge, count), { objectMode: false }));
        yield (await edge.bytes).subarray(start - edge.start, end - edge.start);
      } else yield* readPiece(remote, { start, end }, count);
    },
  };
}

async function* readPiece(
  { connection, tarball, signal, pauses = usualPauses }: RemoteTarball,
  { start, end }: { readonly start: number; readonly end: number },
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let [at, fruitless] = [start, 0];
  while (at < end) {
    const before = at;
    let problem: KnownError | undefined;
    try {
      const answer = await connection.openTarball({ offset: at, end, tag: `"${tarball.sha256}"`, isAnotherTry: fruitless > 0, signal });
      await checkTarballAnswer(answer, { offset: at, isWhole: false, tarball });
      for await (const chunk of answer.body) {
        const bytes = chunk as Buffer;
        if (at + bytes.length > end) throw new KnownError("transfer-failed", `More bytes of ${tarball.name} came than were asked for.`);
        at += bytes.length;
        count(bytes.length);
        yield bytes;
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      problem = error;
    }
    signal.throwIfAborted();
    if (at === end) return;
    if (at > before) fruitless = 0;
    const pause = pauses[fruitless++];
    if (pause === undefined) throw piecesFailed(tarball, problem);
    await sleep(pause * 1000, undefined, { signal });
  }
}

const piecesFailed = ({ name }: TarballStatus, problem: KnownError | undefined): KnownError =>
  new KnownError("transfer-failed", `${name} can't be read at the aggregator.${problem === undefined ? "" : ` ${problem.message}`}`, {
    hint: "Try again in a moment, or fetch all of it with `asdic retrieve`, which keeps what has come.",
    cause: problem,
  });
