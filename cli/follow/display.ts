import type { CommandContext } from "../command-context.ts";
import { createLiveView } from "../terminal/live-view.ts";
import { createPaint } from "../terminal/style.ts";
import { createPlainLines } from "./plain-lines.ts";
import { renderFrame } from "./render-frame.ts";
import type { RunView } from "./run-view.ts";

/** Shows a run as it changes: redrawn in place on a terminal, a line a change elsewhere. */
export type Display = { show(view: RunView): void; end(): void };

/** The display that fits the output; none where it is to be quiet. */
export function createDisplay(context: CommandContext): Display {
  if (context.output.isQuiet) return { show() {}, end() {} };
  return context.output.isTerminal ? createLiveDisplay(context) : createPlainDisplay(context);
}

/** Redrawn each second too, because the elapsed time changes by itself. */
function createLiveDisplay({ output, now }: CommandContext): Display {
  const live = createLiveView(output);
  const paint = createPaint(output);
  let view: RunView = {};
  const draw = (): void => live.draw(renderFrame(view, now(), { columns: output.columns, rows: output.rows ?? 24, paint }));
  const clock = setInterval(draw, 1000);
  return {
    show(next) {
      view = next;
      draw();
    },
    end() {
      clearInterval(clock);
      live.end();
    },
  };
}

function createPlainDisplay({ output }: CommandContext): Display {
  const renderChanges = createPlainLines();
  return {
    show(view) {
      const lines = renderChanges(view);
      if (lines.length > 0) output.out(`${lines.join("\n")}\n`);
    },
    end() {},
  };
}
