import type { ExpectedResult } from "../state/expected-results.ts";
import { isEnded } from "../state/expected-results.ts";
import type { PluginRun } from "./run-plugins.ts";

/**
 * When the time is up the pods of what is still open are ended, so that plugins get SIGTERM and may write their last, which the workers send;
 * those that did not get it, or stay because of skip-cleanup, are told by the aggregator to send what there is. Looking at them ends them.
 */
export function limitTime(run: PluginRun, resultsOf: () => readonly ExpectedResult[], { seconds, gone, of }: TimeLimit): { cancel(): void } {
  const open = (): readonly ExpectedResult[] => resultsOf().filter((result) => !isEnded(result));
  const stop = async (result: ExpectedResult): Promise<void> => {
    run.results.update(result, { timeUp: { of, seconds: of === "run" ? run.spec.runTimeoutSeconds : seconds + gone, before: result.problem?.message } });
    if (!(await run.stop(result))) collect(result);
    run.look(result);
  };
  const collect = (result: ExpectedResult): void => {
    if (!isEnded(result)) run.results.update(result, { collect: "timed-out" });
  };
  let last: NodeJS.Timeout | undefined;
  const first = setTimeout(
    () => {
      for (const result of open()) void stop(result);
      last = setTimeout(() => open().forEach(collect), lastWordsSeconds * 1000);
    },
    Math.min(seconds * 1000, longestTimer),
  );
  return {
    cancel() {
      clearTimeout(first);
      clearTimeout(last);
    },
  };
}

/** Seconds that are left, those that were used by earlier lives of the aggregator, and whose time it is. */
export type TimeLimit = { readonly seconds: number; readonly gone: number; readonly of: "plugin" | "run" };

/** What a plugin may take to write its last after SIGTERM, before its worker is told to send what there is. */
const lastWordsSeconds = 5;

/** Milliseconds; a longer timer would end at once. */
const longestTimer = 2 ** 31 - 1;
