import type { FetchAnswer } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import { refusedAnswer } from "../read-json.ts";

/** Throws a KnownError unless the aggregator sends the tarball's bytes from `offset` on: the whole, where `isWhole` says that no part was asked for. */
export async function checkTarballAnswer(
  answer: FetchAnswer,
  { offset, isWhole, tarball }: { readonly offset: number; readonly isWhole: boolean; readonly tarball: TarballStatus },
): Promise<void> {
  const begins = /^bytes (\d+)-/.exec(answer.headers["content-range"] ?? "")?.[1];
  if (answer.status === (isWhole ? 200 : 206) && (isWhole || Number(begins) === offset)) return;
  // The whole instead of a part: the aggregator has another tarball than it said.
  if (answer.status === 200) throw new KnownError("transfer-failed", `The aggregator has another tarball now than ${tarball.name}.`, { hint: "Try again." });
  throw await refusedAnswer(answer, `the tarball ${tarball.name}`);
}
