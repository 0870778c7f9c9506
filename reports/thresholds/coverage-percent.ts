import type { Coverage } from "../../core/contract/report/coverage.ts";

/** How much of what was expected can be judged, of 100; all where nothing was expected. */
export const coveragePercent = ({ expected, evaluated }: Pick<Coverage, "expected" | "evaluated">): number =>
  expected === 0 ? 100 : (100 * Math.min(evaluated, expected)) / expected;
