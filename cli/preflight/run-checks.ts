import pLimit from "p-limit";
import { isKnownError } from "../../core/contract/known-error.ts";
import { allChecks } from "./all-checks.ts";
import type { Check, CheckInput, Finding } from "./check.ts";
import { listAll } from "../list-all.ts";

/** What became of a check: what it found, or why it could not look. */
export type Outcome = { readonly code: string } & (
  | (Finding & { readonly state: "checked" })
  | { readonly state: "not-checked"; readonly reason: string }
  | { readonly state: "skipped" }
);

export type ChecksRequest = Omit<CheckInput, "nodes"> & {
  /** Codes of checks that are left out. */
  readonly skip: ReadonlySet<string>;
  /** Most of the time that all of them may take. */
  readonly seconds?: number;
};

const checksAtOnce = 4;
const defaultSeconds = 15;

/** Makes all checks at the same time and yields an outcome for each, in the order of their list; one that gets no answer in time is "not-checked". */
export async function runChecks({ skip, seconds = defaultSeconds, ...request }: ChecksRequest): Promise<readonly Outcome[]> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(seconds * 1000)]);
  const limit = pLimit(checksAtOnce);
  const input: CheckInput = { ...request, signal, nodes: readOnce(() => listAll(request.cluster, { apiVersion: "v1", kind: "Node", signal })) };
  const outcomes = await Promise.all(
    allChecks.map(async (check): Promise<Outcome> =>
      skip.has(check.code) ? { code: check.code, state: "skipped" } : limit(() => makeCheck(check, input, seconds)),
    ),
  );
  request.signal.throwIfAborted();
  return outcomes;
}

function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

/** Whatever a check waits for, it has no more time than all of them. */
async function makeCheck({ code, run }: Check, input: CheckInput, seconds: number): Promise<Outcome> {
  try {
    return { code, state: "checked", ...(await Promise.race([run(input), untilAborted(input.signal)])) };
  } catch (error) {
    if (input.signal.aborted) return { code, state: "not-checked", reason: `The cluster has not answered within ${seconds} s.` };
    if (!isKnownError(error)) throw error;
    return { code, state: "not-checked", reason: error.message };
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
