import type { Sight, TimeUp } from "./cause.ts";
import { isOver } from "./cause.ts";

/** Seconds from SIGTERM on in which a plugin may write its last and its worker may send it. */
export const collectSeconds = 25;

/** What is said of a result whose time is up: how long that was, and what kept it or what there is of it. */
export function describeTimeUp({ of, seconds, before, collected }: TimeUp): string {
  const time = `${of === "run" ? "the run's" : "its"} time of ${Math.round(seconds)} s was up`;
  if (collected) return `The plugin had not finished when ${time}${before === undefined ? "" : ` (${before})`}; what it had written is here`;
  return `No result had come when ${time}${before === undefined ? "" : `: ${before}`}`;
}

/** Nobody is left to send anything once the pod is over. */
export const untilCollected = (sight: Sight): number => (sight.pod === undefined || isOver(sight) ? 0 : collectSeconds);
