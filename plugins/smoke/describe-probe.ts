import type { Probe } from "./probe-plan.ts";

/** A probe in one line. */
export const describeProbe = ({ target, attempts, milliseconds, answer, problem }: Probe): string => {
  const effort = `${attempts} ${attempts === 1 ? "attempt" : "attempts"}, ${milliseconds} ms`;
  return problem === undefined ? `${target}: ${answer} (${effort})` : `${target}: ${problem} (${effort})`;
};
