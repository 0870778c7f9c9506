import { Option } from "commander";
import { parseDuration } from "../duration.ts";
import type { Attempt } from "../problems.ts";
import { parseSize } from "../size.ts";
import { parseResources, type Resources } from "./aggregator-resources.ts";
import { optionGroup } from "./option-group.ts";

/** Flags about how long and how large things may be. */
export type LimitFlags = {
  readonly timeout?: string | undefined;
  readonly maxResultSize?: string | undefined;
  readonly aggregatorResources?: readonly string[] | undefined;
};

/** Options about how long and how large things may be. */
export const limitOptions = optionGroup("Limits", [
  new Option("--timeout <duration>", "end the run after this long, e.g. 90s, 1h30m, or in seconds; 0: after 20 days, the longest (default: 6h)"),
  new Option("--max-result-size <size>", "refuse a result that is larger than this, e.g. 500Mi (default: 4Gi)"),
  new Option(
    "--aggregator-resources <resource=quantity...>",
    "of the aggregator, e.g. requests.memory=256Mi,limits.memory=1Gi; an empty quantity removes it (default: requests.cpu=50m,requests.memory=96Mi,limits.memory=512Mi)",
  ),
]);

/** Seconds and bytes; undefined where nothing was said, or something wrong. */
export type Limits = { readonly runTimeoutSeconds?: number | undefined; readonly maxResultBytes?: number | undefined; readonly aggregatorResources: Resources };

/** Limits as the flags say them; `attempt` gets each that can't be. */
export function parseLimits({ timeout, maxResultSize, aggregatorResources }: LimitFlags, attempt: Attempt): Limits {
  return {
    runTimeoutSeconds: timeout === undefined ? undefined : attempt(() => parseRunTimeout(timeout)),
    maxResultBytes: maxResultSize === undefined ? undefined : attempt(() => parseSize("--max-result-size", maxResultSize)),
    aggregatorResources: parseResources("--aggregator-resources", aggregatorResources ?? [], attempt),
  };
}

/** Sonobuoy's 0 is no limit at all; there is always one here, so that no run hangs for ever. */
const parseRunTimeout = (text: string): number => (/^0+s?$/.test(text) ? longestRunSeconds : Math.ceil(parseDuration("--timeout", text)));
const longestRunSeconds = 20 * 24 * 3600;
