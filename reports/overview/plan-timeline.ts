import type { Timeline } from "../../core/contract/report/timeline.ts";
import type { Run } from "../run.ts";
import type { ExpectedResult } from "./list-expected.ts";

/** When the results of a run came, the earliest first; nothing where the tarball does not say, as Sonobuoy's. */
export function planTimeline({ manifest, status }: Pick<Run, "manifest" | "status">, expected: readonly ExpectedResult[]): Timeline {
  const startedAt = manifest?.startedAt ?? status?.startedAt;
  const finishedAt = status?.finishedAt;
  const spans = expected
    .flatMap(({ plugin, node, state, start, end }) => (end === undefined ? [] : [{ plugin, node, state, ...(start === undefined ? {} : { start }), end }]))
    .toSorted((a, b) => compare(a.end, b.end) || compare(a.plugin, b.plugin) || compare(a.node, b.node));
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    spans: spans.slice(0, mostSpans),
    beyond: Math.max(0, spans.length - mostSpans),
  };
}

const mostSpans = 5000;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
