import { setTimeout as sleep } from "node:timers/promises";
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

/**
 * The bytes of a tarball at the aggregator from `start` to before `end`, on through cuts. KnownError "transfer-failed" when several tries in a row bring
 * nothing, or the aggregator has another tarball now.
 */
export async function* readPiece(
  { connection, tarball, signal, pauses = usualPauses }: RemoteTarball,
  { start, end }: { readonly start: number; readonly end: number },
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
