import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { renderFrame } from "../../../cli/follow/render-frame.ts";
import type { RunView } from "../../../cli/follow/run-view.ts";
import { textWidth } from "../../../core/contract/text-width.ts";
import { createPaint } from "../../../cli/terminal/style.ts";
import { assertGolden } from "../../golden.ts";
import { plugin, summary } from "../definitions.ts";

const now = new Date("2026-01-02T03:06:10.900Z");
const trouble = { code: "image-pull", message: "The node can't get the aggregator's image a:1: not found", hint: "Name another by --image." };
const problem = (node: string, message: string) => ({ plugin: "every", node, code: "image-pull", message, hint: "Check the image's name." });
const busy = summary({
  plugins: [
    plugin({ progress: { total: 6, completed: 4, failures: ["a"], msg: "reads logs" } }),
    plugin({
      name: "every",
      driver: "DaemonSet",
      expected: 1200,
      states: { waiting: 3, scheduled: 4, pulling: 5, running: 600, uploading: 88, done: 480, skipped: 10, failed: 7, lost: 2, "timed-out": 1 },
    }),
    plugin({ name: "later", expected: 0, states: {} }),
  ],
  problems: [problem("worker-1", "Container every can't pull x:1: not found"), problem("worker-2", "evil \u001B[2J\u202E name")],
  problemCount: 10,
});

const draw = (view: RunView, { columns = 100, rows = 24, colours = false } = {}): readonly string[] =>
  renderFrame(view, now, { columns, rows, paint: createPaint({ colours }) });

const views: Record<string, RunView> = {
  starting: {},
  "starting-in-trouble": { trouble },
  running: { summary: busy },
  "running-in-trouble": { summary: busy, trouble },
  gathering: { summary: summary({ phase: "post-processing", plugins: [plugin({ states: { done: 1 } })] }) },
  complete: {
    summary: summary({
      phase: "complete",
      finishedAt: "2026-01-02T04:04:05.000Z",
      plugins: [plugin({ states: { done: 1 }, progress: { msg: "the last it said" } })],
    }),
  },
};
for (const [name, view] of Object.entries(views)) test(`the live view: ${name}`, () => assertGolden(`cli/live-view/${name}.txt`, `${draw(view).join("\n")}\n`));

for (const [columns, rows] of [
  [40, 24],
  [20, 5],
  [80, 3],
] as const)
  test(`on a terminal of ${columns} × ${rows} it fits, however much there is to say`, () => {
    const lines = draw({ summary: busy, trouble }, { columns, rows });
    assert.ok(lines.length < rows, String(lines.length));
    for (const line of lines) assert.ok(textWidth(line) < columns, line);
  });

test("nothing in it steers the terminal, and with colours only the colours do", () => {
  // eslint-disable-next-line no-control-regex -- control characters are what it is for
  const controls = /[\u0000-\u001F\u007F-\u009F\u202E]/;
  for (const line of draw({ summary: busy, trouble })) assert.doesNotMatch(line, controls);
  for (const line of draw({ summary: busy, trouble }, { colours: true })) assert.doesNotMatch(stripVTControlCharacters(line), controls);
});
