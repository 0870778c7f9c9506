import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { digestTrailer } from "../../core/contract/worker-wire.ts";
import type { Log } from "../log.ts";
import type { ExpectedResult, ExpectedResults, ResultProblem } from "../state/expected-results.ts";
import { inspectUpload } from "./inspect-upload.ts";
import type { Journal } from "./journal.ts";
import { Refusal } from "./refusal.ts";
import { spoolBody, tooLarge } from "./spool.ts";
import { parseUploadHeaders } from "./upload-headers.ts";

export type Receiver = {
  readonly results: ExpectedResults;
  readonly journal: Journal;
  readonly log: Log;
  readonly spoolFolder: string;
  readonly maxResultBytes: number;
  /** Called once a result's bytes are durable. */
  readonly onAccepted: (result: ExpectedResult) => void;
};

/** Unpacked, a result may be so many times larger than the limit of what is sent. */
const unpackFactor = 4;
const maxEntries = 200_000;

/** Takes one upload: when it returns, the bytes are on disk, checked, and in the journal (design D5); throws a Refusal otherwise. */
export async function receiveResult(request: IncomingMessage, result: ExpectedResult, receiver: Receiver): Promise<void> {
  const { results, journal, log, maxResultBytes } = receiver;
  const headers = parseUploadHeaders(request.headers);
  if (headers.length !== undefined && headers.length > maxResultBytes) throw refuse(result, receiver, new Refusal(413, tooLarge(maxResultBytes)));
  if (!result.upload) results.update(result, { state: "uploading" });
  const spooled = await spoolBody(request, receiver.spoolFolder, maxResultBytes).catch((error: unknown) => {
    throw error instanceof Refusal ? refuse(result, receiver, error) : error;
  });
  try {
    const digest = request.trailers[digestTrailer] ?? request.headers[digestTrailer];
    // The bytes were damaged on the way, which another try may mend: not a final answer.
    if (typeof digest === "string" && digest !== spooled.sha256) throw new Refusal(503, "The upload's digest does not match its bytes.");
    if (result.upload) return await confirmSame(result, spooled.sha256);
    const onSkipped = (entry: string, why: string): void => log.warn("not taken", { plugin: result.plugin, node: result.node, entry, why });
    const limits = { onSkipped, maxEntries, maxEntryBytes: maxResultBytes * unpackFactor, maxTotalBytes: maxResultBytes * unpackFactor };
    const shape = await inspectUpload(spooled.path, headers, limits);
    if (result.upload) return await confirmSame(result, spooled.sha256);
    const upload = { file: spooled.file, shape, name: headers.name, size: spooled.size, sha256: spooled.sha256, announced: headers.announced };
    const problem = headers.problem ?? judgeEnding(result, headers.announced);
    const timedOut = result.collect === "timed-out" && !headers.announced;
    await journal.append({ type: "result", at: new Date().toISOString(), plugin: result.plugin, node: result.node, upload, problem, timedOut });
    acceptUpload(results, result, { upload, problem, timedOut });
    log.info("result accepted", { plugin: result.plugin, node: result.node, bytes: spooled.size, sha256: spooled.sha256 });
    receiver.onAccepted(result);
  } catch (error) {
    throw error instanceof Refusal && error.status === 400 ? refuse(result, receiver, error) : error;
  } finally {
    if (result.upload?.file !== spooled.file) await rm(spooled.path, { force: true });
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
async function confirmSame(result: ExpectedResult, sha256: string): Promise<void> {
  if (result.upload?.sha256 !== sha256) throw new Refusal(409, "Another result of this plugin and node has been accepted already.");
}

/** What it means that a result was collected instead of announced. */
function judgeEnding({ collect, exitCode, problem }: ExpectedResult, announced: boolean): ResultProblem | undefined {
  if (announced) return undefined;
  // Something that kept the plugin from starting says more than that its time was up.
  if (collect === "timed-out" && problem) return problem;
  if (collect === "timed-out")
    return {
      code: "timed-out",
      message: "The plugin had not finished when its time was up; what it had written is here",
      hint: "Give it more time: --timeout for the run, `timeout` in the plugin's file.",
    };
  if (exitCode === undefined || exitCode === 0) return undefined;
  return {
    code: "plugin-exit",
    message: `The plugin ended with exit code ${exitCode} and wrote no done file; what it had written is here`,
    hint: "Its log is in the tarball under podlogs/.",
  };
}

/** A refusal that no retry mends ends the result, with the server's sentence as the reason. */
function refuse(result: ExpectedResult, { results, journal, log }: Receiver, refusal: Refusal): Refusal {
  if (result.upload) return refusal;
  const problem = {
    code: refusal.status === 413 ? "result-too-large" : "result-unreadable",
    message: refusal.message,
    hint: refusal.status === 413 ? "Raise the limit with --max-result-size, or let the plugin write less." : "Correct what the plugin writes.",
  };
  log.warn("upload refused", { plugin: result.plugin, node: result.node, status: refusal.status, reason: refusal.message });
  results.update(result, { state: "failed", problem });
  // The answer doesn't wait for it: were it lost in a crash, the next upload would be refused just the same.
  journal
    .append({ type: "end", at: new Date().toISOString(), plugin: result.plugin, node: result.node, state: "failed", problem })
    .catch(() => log.warn("journal not written"));
  return refusal;
}
