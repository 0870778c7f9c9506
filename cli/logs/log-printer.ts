import { styleText } from "node:util";
import pLimit from "p-limit";
import type { Output } from "../terminal/output.ts";
import { cutText, textWidth } from "../../core/contract/text-width.ts";
import { fitText, renderSafeText } from "../terminal/safe-text.ts";
import type { HideLine } from "./hide-lines.ts";
import type { LogLine } from "./log-line.ts";
import { aggregatorName, type LogSource } from "./log-source.ts";

/** Prints lines behind what they come from, and what is to be said about logs beside them. */
export type LogPrinter = {
  /** Makes room for this one's name in the columns before the lines. */
  expect(source: LogSource): void;
  /** Resolves when whoever reads the output has taken the lines. */
  print(source: LogSource, lines: readonly LogLine[]): Promise<void>;
  /** On the error output, once for each key. */
  say(key: string, text: string): void;
};

type PrinterInput = {
  readonly plugins: readonly string[];
  readonly timestamps: boolean;
  readonly hide?: HideLine;
  readonly signal: AbortSignal;
};

/** A printer for this output; each plugin has its own colour where there are colours, by its place in the run. */
export function createLogPrinter(output: Output, { plugins, timestamps, hide = (_log, line) => line, signal }: PrinterInput): LogPrinter {
  // What waits to be printed has not been rendered, which keeps memory small while the reader is slow.
  const inTurn = pLimit(1);
  const said = new Set<string>();
  const widest = planWidths(output);
  const widths = { label: 0, container: 0 };
  const order = [aggregatorName, ...plugins];

  const renderPrefix = (source: LogSource): string => {
    const { label, container } = renderNames(source, widest);
    const text = `${pad(label, widths.label)} ${pad(container, widths.container)} │`;
    const colour = colours[Math.max(0, order.indexOf(source.plugin)) % colours.length] ?? colours[0];
    return output.colours ? styleText(colour, text, { validateStream: false }) : text;
  };

  return {
    expect(source) {
      const { label, container } = renderNames(source, widest);
      widths.label = Math.max(widths.label, textWidth(label));
      widths.container = Math.max(widths.container, textWidth(container));
    },
    print: (source, lines) =>
      inTurn(async () => {
        signal.throwIfAborted();
        const prefix = renderPrefix(source);
        const rendered = lines.map(
          ({ stamp, text }) => `${prefix} ${timestamps && stamp !== "" ? `${stamp} ` : ""}${renderSafeText(hide(source.key, text))}\n`,
        );
        (output.open ?? output).out(rendered.join(""));
        await output.taken?.(signal);
      }),
    say(key, text) {
      if (said.has(key)) return;
      said.add(key);
      output.err(`${fitText(text)}\n`);
    },
  };
}

/** What a log is called in a sentence. */
export const nameLog = ({ plugin, node, container, pod }: LogSource): string =>
  `${node === undefined ? plugin : `${plugin}/${node}`} ${container} (pod ${pod})`;

const colours = ["gray", "cyan", "magenta", "green", "yellow", "blue", "cyanBright", "magentaBright", "greenBright", "yellowBright", "blueBright"] as const;

type Widths = { readonly label: number; readonly container: number };

/** Names may have hundreds of characters; on a narrow terminal most of the line is for the line. */
function planWidths({ isTerminal, columns }: Output): Widths {
  const room = isTerminal ? Math.max(16, Math.floor(columns / 2) - 4) : Infinity;
  const container = Math.min(24, Math.floor(room * 0.4));
  return { label: Math.min(48, room - container), container };
}

const renderNames = ({ plugin, node, container }: LogSource, widest: Widths): { readonly label: string; readonly container: string } => ({
  label: cutMiddle(fitText(node === undefined ? plugin : `${plugin}/${node}`), widest.label),
  container: cutMiddle(fitText(container), widest.container),
});

/** The ends of long node names are what tells them apart, the beginnings what they belong to. */
function cutMiddle(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const end = Array.from(text)
    .slice(-Math.floor((columns - 1) / 2))
    .join("");
  return cutText(text, columns - textWidth(end)) + end;
}

const pad = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - textWidth(text)));
