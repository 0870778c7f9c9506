import { isKnownError, KnownError } from "../core/contract/known-error.ts";
import { runStatusSchema, type ResultStatus, type RunStatus } from "../core/contract/run-status.ts";

/** Expected results a page: some hundred kilobytes. */
const pageResults = 1000;
const mostBegun = 3;

/** Far above a hundred plugins on all nodes that a cluster can have. */
const mostResults = 1_000_000;

/**
 * The status with the results of all pages; of an aggregator that knows no pages, its one answer. It ends with the first page that brings nothing new, and
 * begins again where an aggregator that has taken over does not know the page.
 */
export async function readAllPages(readPage: (query: string) => Promise<RunStatus>): Promise<RunStatus> {
  const results = new Map<string, ResultStatus>();
  let after: string | undefined;
  let begun = 1;
  for (;;) {
    const page: RunStatus | undefined = await readPage(`limit=${pageResults}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`).catch(
      (error: unknown) => {
        if (after === undefined || begun === mostBegun || !isKnownError(error) || error.code !== "not-found") throw error;
        return undefined;
      },
    );
    if (page === undefined) {
      results.clear();
      after = undefined;
      begun++;
      continue;
    }
    if (results.size > mostResults) throw endless();
    const { next, ...status } = page;
    const before = results.size;
    // What has changed while pages were read is shown as it is now.
    for (const result of status.results) results.set(`${result.plugin}/${result.node}`, result);
    if (next === undefined || results.size === before) return { ...status, results: [...results.values()] };
    after = next;
  }
}

const endless = (): KnownError =>
  new KnownError("aggregator-failed", `The aggregator says that it expects more than ${mostResults} results.`, {
    hint: "Is it the run that you mean? `asdic delete` removes it.",
  });

/** What an aggregator answers for its status; KnownError "wire-version" when it is something else. */
export function parseStatusPage(body: string): RunStatus {
  const status = runStatusSchema.safeParse(parseJson(body));
  if (status.success) return status.data;
  throw new KnownError("wire-version", "The aggregator's status is not as this version of asdic knows it.", {
    hint: "Use the version of asdic that started the run; `asdic status --json` says which.",
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
