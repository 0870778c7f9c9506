import { styleText } from "node:util";
import type { Output } from "./output.ts";

/** What a colour says; the words beside it say it too. */
const looks = { heading: "bold", good: "green", bad: "red", warning: "yellow", quiet: "dim" } as const;

/** Gives a text the colour of what it says. */
export type Paint = (look: keyof typeof looks, text: string) => string;

/** Paints for this output, which may have no colours. */
export const createPaint =
  (output: Pick<Output, "colours">): Paint =>
  (look, text) =>
    output.colours ? styleText(looks[look], text, { validateStream: false }) : text;
