import type { Timeline } from "../../../core/contract/report/timeline.ts";
import { globalNode } from "../../../core/contract/names.ts";
import { renderDuration } from "../../describe.ts";
import { renderLine } from "../../visible-text.ts";
import { resultWord } from "./state-words.ts";

/** The time line as lanes, one a plugin, with bars in percent of the whole; and as rows for who can't see it. */
export function viewTimeline(timeline: Timeline): object {
  const { from, to } = rangeOf(timeline);
  const share = (time: number): number => Math.round(Math.min(1, Math.max(0, (time - from) / Math.max(1, to - from))) * 10_000) / 100;
  const lanes = [...Map.groupBy(timeline.spans, ({ plugin }) => plugin)].map(([plugin, spans]) =>
    viewLane({ plugin, spans: spans.slice(0, barsOfLane), share }),
  );
  return {
    lanes,
    ticks: listTicks((to - from) / 1000).map((seconds) => ({
      at: share(from + seconds * 1000),
      label: renderRound(seconds),
    })),
    rows: timeline.spans.slice(0, firstRows).map(viewRow),
    beyond: Math.max(0, timeline.spans.length - firstRows) + timeline.beyond,
    empty: lanes.length === 0,
    whole: renderRound(Math.max(0, (to - from) / 1000)),
  };
}

/** Without "0 s" behind minutes, and "0 min" behind hours. */
const renderRound = (seconds: number): string => renderDuration(seconds).replace(/(?<= (?:min|h)) 0 \w+$/, "");

type Span = Timeline["spans"][number];
const [barsOfLane, firstRows] = [400, 100];

function rangeOf({ startedAt, finishedAt, spans }: Timeline): { readonly from: number; readonly to: number } {
  const known = [startedAt, finishedAt, ...spans.flatMap(({ start, end }) => [start, end])]
    .map((time) => Date.parse(time ?? ""))
    .filter((time) => !Number.isNaN(time));
  return known.reduce(({ from, to }, time) => ({ from: Math.min(from, time), to: Math.max(to, time) }), { from: known[0] ?? 0, to: known[0] ?? 0 });
}

function viewLane({ plugin, spans, share }: { readonly plugin: string; readonly spans: readonly Span[]; readonly share: (time: number) => number }): object {
  const lines = Math.min(spans.length, mostLines);
  const height = lines === 1 ? 14 : Math.max(3, Math.floor(laneHeight / lines));
  const bars = spans.map((span, index) => {
    const [start, end] = [Date.parse(span.start ?? span.end), Date.parse(span.end)];
    const [left, right] = Number.isNaN(end) ? [0, 0] : [share(Number.isNaN(start) ? end : Math.min(start, end)), share(end)];
    return {
      x: Math.min(left, 99.4),
      width: Math.max(0.6, Math.round((right - left) * 100) / 100),
      y: (index % lines) * height,
      height: Math.max(2, height - 1),
      tone: resultWord(span.state).tone,
      title: `${nameOf(span)}: ${resultWord(span.state).word}`,
    };
  });
  const troubled = spans.filter(({ state }) => !["good", "none"].includes(resultWord(state).tone)).length;
  return {
    plugin: renderLine(plugin),
    bars,
    height: lines * height,
    summary: `${spans.length} ${spans.length === 1 ? "result" : "results"}${troubled === 0 ? "" : `, ${troubled} failed or missing`}`,
  };
}

const [laneHeight, mostLines] = [48, 16];

function viewRow(span: Span): object {
  const [start, end] = [Date.parse(span.start ?? ""), Date.parse(span.end)];
  const { tone, word } = resultWord(span.state);
  return {
    plugin: renderLine(span.plugin),
    node: span.node === globalNode ? "–" : renderLine(span.node),
    tone,
    word,
    start: renderLine(span.start ?? ""),
    end: renderLine(span.end),
    took: Number.isNaN(start) || Number.isNaN(end) ? "" : renderDuration(Math.max(0, (end - start) / 1000)),
  };
}

const nameOf = ({ plugin, node }: Span): string => renderLine(node === globalNode ? plugin : `${plugin} on ${node}`);

/** Four to seven times, at steps that people count in. */
function listTicks(seconds: number): readonly number[] {
  const step = steps.find((one) => seconds / one <= 6) ?? Math.ceil(seconds / 6 / 86_400) * 86_400;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
