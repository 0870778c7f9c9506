import type { IncomingMessage } from "node:http";
import pLimit from "p-limit";
import type { Way } from "../../core/contract/run-status.ts";
import { digestTrailer } from "../../core/contract/worker-wire.ts";
import type { Log } from "../log.ts";
import { nothingSeen } from "../causes/cause.ts";
import type { Sight } from "../causes/cause.ts";
import { nameProblem } from "../causes/diagnose.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { Gate } from "./gate.ts";
import { inspectUpload } from "./inspect-upload.ts";
import type { Journal } from "./journal.ts";
import { redactUpload } from "./redact-upload.ts";
import { Refusal } from "./refusal.ts";
import type { Spool } from "./spool.ts";
import type { TakenBody } from "./take-body.ts";
import { takeBody, tooLarge } from "./take-body.ts";
import type { UploadHeaders } from "./upload-headers.ts";
import { parseUploadHeaders } from "./upload-headers.ts";
import { wayOf } from "./way-of.ts";

export type Receiver = {
  readonly results: ExpectedResults;
  readonly journal: Journal;
  readonly gate: Gate;
  readonly log: Log;
  readonly spool: Spool;
  readonly redaction: Pick<RunRedaction, "redactor" | "guard">;
  /** The aggregator pod's own addresses. */
  readonly podIps: readonly string[];
  /** Called once a result's bytes are durable. */
  readonly onAccepted: (result: ExpectedResult) => void;
};

/** Unpacked, a result may be so many times larger than the limit of what is sent. */
const unpackFactor = 4;
const maxEntries = 200_000;
/** More at once are no faster, and each takes memory to unpack. */
const inspecting = pLimit(2);

/**
 * Takes one upload: when it returns, the bytes are on disk, checked, and in the journal (design D5); throws a Refusal otherwise. `begin` is called once
 * nothing speaks against the body.
 */
export async function receiveResult(request: IncomingMessage, { result, begin }: Upload, receiver: Receiver): Promise<void> {
  const { results, spool } = receiver;
  const headers = readHeaders(request, result, receiver);
  const { offset, length = 0 } = headers;
  if (offset + length > spool.maxBytes) throw refuse(result, receiver, new Refusal(413, tooLarge(spool.maxBytes)));
  begin();
  // One that was given up stays so until its bytes are here: nobody would wait for the rest of an upload that breaks off.
  if (!result.upload && !isEnded(result)) results.update(result, { state: "uploading" });
  const body = await takeBody(request, { result, offset }, spool).catch((error: unknown) => {
    throw error instanceof Refusal && error.status !== 412 ? refuse(result, receiver, error) : error;
  });
  try {
    const digest = request.trailers[digestTrailer] ?? request.headers[digestTrailer];
    // The bytes were damaged on the way, which another try may mend: not a final answer.
    if (typeof digest === "string" && digest !== body.sha256) throw new Refusal(503, "The upload's digest does not match its bytes.");
    await accept(result, { headers, body, way: wayOf(request, receiver.podIps) }, receiver);
  } catch (error) {
    throw error instanceof Refusal && [400, 413].includes(error.status) ? refuse(result, receiver, error) : error;
  } finally {
    await body.release(result.upload);
  }
}

type Upload = { readonly result: ExpectedResult; readonly begin: () => void };

/** Checks the body and makes it count, unless the same is here already. */
async function accept(
  result: ExpectedResult,
  { headers, body, way }: Arrived,
  { results, journal, gate, log, spool, redaction, onAccepted }: Receiver,
): Promise<void> {
  const { plugin, node } = result;
  const { size, sha256 } = body;
  if (result.upload) return confirmSame(result, sha256);
  const onSkipped = (entry: string, why: string): void => log.warn("not taken", { plugin, node, entry, why });
  const largest = spool.maxBytes * unpackFactor;
  const limits = { onSkipped, maxEntries, maxEntryBytes: largest, maxTotalBytes: largest };
  const inspect = (): ReturnType<typeof inspectUpload> => inspectUpload(body.open, headers, limits);
  const shape = await (headers.isGzip ? inspecting(inspect) : inspect());
  if (result.upload) return confirmSame(result, sha256);
  // What a worker has packed it has redacted.
  const { redactor } = redaction;
  const path = tarballPaths.results(plugin, node);
  const kept =
    redactor && shape !== "packed"
      ? await redactUpload({ body, shape, name: headers.name, path }, { redactor, folder: spool.folder, limits })
      : { ...body, shape };
  const problem = headers.problem ? explain(result, { delivery: headers.problem }) : judgeEnding(result, headers.announced);
  const timedOut = result.timeUp !== undefined && !headers.announced;
  try {
    await gate.pass(result, async () => {
      if (result.upload) return confirmSame(result, sha256);
      const place = await kept.store();
      const upload = { ...place, shape: kept.shape, name: headers.name, size: kept.size, sha256, announced: headers.announced, way };
      await journal.append({ type: "result", at: new Date().toISOString(), plugin, node, upload, problem, timedOut });
      acceptUpload(results, result, { upload, problem, timedOut });
      log.info("result accepted", { plugin, node, bytes: size, sha256, way });
      onAccepted(result);
    });
  } finally {
    if ("isRedacted" in kept) await kept.release(result.upload);
  }
}

type Arrived = { readonly headers: UploadHeaders; readonly body: TakenBody; readonly way: Way };

/** The headers; a name that the plugin gave its file, and that no tarball can bear, ends the result. */
function readHeaders(request: IncomingMessage, result: ExpectedResult, receiver: Receiver): UploadHeaders {
  try {
    const { name, problem, ...headers } = parseUploadHeaders(request.headers);
    const { text } = receiver.redaction.guard;
    return { ...headers, name: text(name), problem: problem && { ...problem, message: text(problem.message) } };
  } catch (error) {
    throw error instanceof Refusal && error.status === 422 ? refuse(result, receiver, error) : error;
  }
}

/** The state that an accepted upload leads to; a result that was given up counts again (design D5). */
export function acceptUpload(
  results: ExpectedResults,
  result: ExpectedResult,
  accepted: { readonly upload: NonNullable<ExpectedResult["upload"]>; readonly problem?: ResultProblem | undefined; readonly timedOut: boolean },
): void {
  const { upload, problem, timedOut } = accepted;
  results.update(result, { state: timedOut ? "timed-out" : problem ? "failed" : "done", problem, upload, collect: undefined });
}

/** A second upload of the same bytes is what a lost answer looks like; other bytes come too late. */
function confirmSame(result: ExpectedResult, sha256: string): void {
  if (result.upload?.sha256 !== sha256) throw new Refusal(409, "Another result of this plugin and node has been accepted already.");
}

/** What it means that a result was collected instead of announced. */
function judgeEnding(result: ExpectedResult, announced: boolean): ResultProblem | undefined {
  if (announced) return undefined;
  return result.timeUp ? explain(result, { timeUp: { ...result.timeUp, collected: true } }) : result.cutShort;
}

/** Names what befell an upload; nothing of it is seen in the cluster. */
const explain = ({ plugin }: ExpectedResult, seen: Partial<Pick<Sight, "delivery" | "timeUp">>): ResultProblem =>
  nameProblem({ ...nothingSeen, plugin, namespace: "", workerContainer: "", pluginContainer: "", ...seen });

/** A refusal that no retry mends ends the result, with the server's sentence as the reason. */
function refuse(result: ExpectedResult, { results, journal, log }: Receiver, refusal: Refusal): Refusal {
  const { status, message } = refusal;
  if (result.upload) return refusal;
  const problem = explain(result, { delivery: { kind: "refused", status, message } });
  log.warn("upload refused", { plugin: result.plugin, node: result.node, status, reason: message });
  results.update(result, { state: "failed", problem });
  // The answer doesn't wait for it: were it lost in a crash, the next upload would be refused just the same.
  journal
    .append({ type: "end", at: new Date().toISOString(), plugin: result.plugin, node: result.node, state: "failed", problem })
    .catch(() => log.warn("journal not written"));
  return refusal;
}
