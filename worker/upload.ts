import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { offsetHeader, wirePaths } from "../core/contract/worker-wire.ts";
import type { Aggregator, Answer } from "./aggregator-connection.ts";
import { backOff, pause } from "./back-off.ts";
import type { Log } from "./log.ts";
import { renderFailure } from "./log.ts";
import type { Part } from "./read-part.ts";
import { askForPart, readPart } from "./read-part.ts";
import type { Result } from "./open-result.ts";
import type { Timings } from "./timings.ts";

/** How an upload ended: sent, refused by the aggregator for good, or given up because time was up. `why` ends a sentence. */
export type UploadOutcome = { readonly kind: "sent" } | { readonly kind: "refused" | "given-up"; readonly why: string };

/**
 * Sends a result until it is accepted or refused for good, or the signal says that time is up; opens it anew for each try, and goes on from the last byte
 * that has come. Never throws.
 */
export async function upload(options: {
  readonly aggregator: Aggregator;
  readonly settings: Pick<WorkerSettings, "plugin" | "node">;
  readonly open: () => Promise<Result>;
  /** Called after each try that failed, where the aggregator may say that the result is not wanted any more; never rejects. */
  readonly beforeRetry?: () => Promise<void>;
  readonly timings: Timings;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<UploadOutcome> {
  const { timings, log, signal } = options;
  let why = "there was no time for a try";
  let most = 0;
  let isFirst = true;
  let recordBytes: number | undefined;
  for (let failures = 0; !signal.aborted; failures++) {
    let wait = backOff(timings.uploadBackOff, failures);
    try {
      const part = isFirst ? undefined : await askForPart(options);
      // Who gets on, however slowly, is not held back more and more; of who does not, too little may come for a whole record.
      if (part !== undefined && part.size > most) failures = 0;
      else if (!isFirst) recordBytes = smallRecordBytes;
      isFirst = false;
      most = Math.max(most, part?.size ?? 0);
      const verdict = judge(await send(options, { part, recordBytes }));
      if (verdict.kind !== "again") return verdict;
      why = verdict.why;
      wait = Math.max(wait, verdict.wait);
    } catch (error) {
      if (signal.aborted) break;
      isFirst = false;
      why = renderFailure(error);
    }
    log("warn", `the result was not taken: ${why}; next try in ${(wait / 1000).toFixed(1)} s`);
    await options.beforeRetry?.();
    await pause(wait, signal);
  }
  return { kind: "given-up", why };
}

/** A connection that breaks after a few thousand bytes has brought some of these behind its handshake. */
const smallRecordBytes = 1024;

type Try = { readonly part: Part | undefined; readonly recordBytes: number | undefined };

async function send({ aggregator, settings, open, log, signal }: Parameters<typeof upload>[0], { part, recordBytes }: Try): Promise<Answer> {
  const path = wirePaths.result(settings.plugin, settings.node);
  const rest = part === undefined ? undefined : await readPart(open, part);
  const { what, headers, body } = rest ?? (await open());
  log("info", rest === undefined ? `sending ${what}` : `sending ${what} from byte ${part?.size} on`);
  const request = { method: "PUT", path, body, recordBytes, signal } as const;
  if (rest === undefined) return await aggregator.send({ ...request, headers });
  return await aggregator.send({ ...request, headers: { ...headers, [offsetHeader]: String(part?.size) }, hash: rest.hash });
}

type Verdict = UploadOutcome | { readonly kind: "again"; readonly why: string; readonly wait: number };

function judge({ status, headers, body }: Answer): Verdict {
  // 409: another result is there already, from an earlier try or an earlier worker of this pod.
  if ((status >= 200 && status < 300) || status === 409) return { kind: "sent" };
  const said = body.toString("utf8").trim().slice(0, 500);
  const why = `the aggregator answers ${status}${said === "" ? "" : `: ${said}`}`;
  const isPassing = status >= 500 || [401, 408, 412, 429].includes(status);
  return isPassing ? { kind: "again", why, wait: parseRetryAfter(headers["retry-after"]) } : { kind: "refused", why };
}

/** Seconds or an HTTP date, as milliseconds from now; 0 for anything else. */
function parseRetryAfter(value: string | undefined): number {
  if (value === undefined) return 0;
  const milliseconds = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
}
