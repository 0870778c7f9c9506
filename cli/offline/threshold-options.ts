import { Option } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import { parseThreshold, thresholdWords, type Threshold } from "../../reports/thresholds/threshold.ts";
import { renderSafeText } from "../terminal/safe-text.ts";

/** --fail-on, which may be given again or with commas; `more` are words that the command takes besides. */
export function failOnOption(more: readonly ("new" | "worse")[] = []): Option<"--fail-on <kinds>", undefined, undefined, readonly Threshold[]> {
  const words = [...more, ...thresholdWords];
  const option = new Option(
    "--fail-on <kinds>",
    "end with 1 if there is a finding of this kind that is not waived, and with 4 if the run is incomplete; repeatable, or with commas",
  ).argParser((typed, before: readonly Threshold[] | undefined): readonly Threshold[] => [
    ...(before ?? []),
    ...typed.split(",").map((word) => parseWord(word.trim(), words)),
  ]);
  option.argChoices = words;
  return option;
}

function parseWord(word: string, words: readonly string[]): Threshold {
  const threshold = words.includes(word) ? parseThreshold(word) : undefined;
  if (threshold !== undefined) return threshold;
  throw new KnownError("wrong-usage", `--fail-on ${word === "" ? '""' : renderSafeText(word)}: must be one of ${words.join(", ")}.`, {
    hint: "Several stand behind each other with commas: --fail-on fail,severity=high",
  });
}

/** --min-coverage, in percent of the results that were expected. */
export const minCoverageOption = (): Option<"--min-coverage <percent>", undefined, undefined, number> =>
  new Option("--min-coverage <percent>", "end with 1 if less than this much of what was expected can be judged, e.g. 95").argParser((typed): number => {
    const percent = /^\d{1,3}(\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
    if (percent <= 100) return percent;
    throw new KnownError("wrong-usage", `--min-coverage ${typed === "" ? '""' : renderSafeText(typed)}: must be a number from 0 to 100.`, {
      hint: "It is in percent of the results that were expected, e.g. --min-coverage 95",
    });
  });

/** --waivers. */
export const waiversOption = (): Option<"--waivers <file>"> =>
  new Option("--waivers <file>", "findings that are accepted until a day, as `asdic waive` writes them: shown as such, and counting for no threshold");

/** Flags that judge a report, as commander gives them. */
export type ThresholdFlags = {
  readonly failOn?: readonly Threshold[] | undefined;
  readonly minCoverage?: number | undefined;
};

/** Both flags as thresholds, --min-coverage last. */
export const listThresholds = ({ failOn = [], minCoverage }: ThresholdFlags): readonly Threshold[] => [
  ...failOn,
  ...(minCoverage === undefined ? [] : [{ kind: "coverage", percent: minCoverage } as const]),
];
