import type { Gap } from "../../core/contract/report/run-diff.ts";
import type { Absence } from "./presence.ts";
import type { Standing } from "./standings.ts";

/** A test that did not fail and that one of two runs has not evaluated. */
export type Lack = { readonly lacking: Gap["lacking"]; readonly standing: Standing; readonly reason: Absence };

/** Gathers what only one run has evaluated as a line for each plugin and reason, at most 500; tests may be thousands. */
export function collectGaps(): { readonly add: (lack: Lack) => void; readonly list: () => readonly Gap[]; readonly total: () => number } {
  const gaps = new Map<string, { readonly lack: Lack; count: number; readonly examples: string[] }>();
  let total = 0;
  return {
    add(lack) {
      const { lacking, standing, reason } = lack;
      const key = JSON.stringify([lacking, standing.plugin, reason.code, reason.message]);
      const gap = gaps.get(key) ?? { lack, count: 0, examples: [] };
      gaps.set(key, gap);
      total++;
      gap.count++;
      if (gap.examples.length < shownExamples) gap.examples.push(standing.title);
    },
    list: () =>
      [...gaps.values()]
        .toSorted((one, other) => other.count - one.count)
        .slice(0, most)
        .map(({ lack: { lacking, standing, reason }, count, examples }) => ({ plugin: standing.plugin, lacking, reason, count, examples })),
    total: () => total,
  };
}

const shownExamples = 3;
const most = 500;
