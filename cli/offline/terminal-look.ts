import type { TextLook } from "../../reports/text/look.ts";
import type { CommandContext } from "../command-context.ts";
import { hasUnicode } from "../terminal/has-unicode.ts";
import { createPaint } from "../terminal/style.ts";

/** How a report is shown here: as wide as the terminal, with the colours and signs that it has; 100 columns where there is none. */
export const terminalLook = ({ output, environment }: Pick<CommandContext, "output" | "environment">, detail: TextLook["detail"]): TextLook => ({
  columns: output.isTerminal ? Math.min(widest, Math.max(narrowest, output.columns)) : 100,
  unicode: hasUnicode(environment),
  paint: createPaint(output),
  detail,
});

/** Longer lines are hard to read. */
const widest = 160;
const narrowest = 40;
