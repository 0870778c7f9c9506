import { styleText } from "node:util";
import type { Output } from "./output.ts";

/** What a colour says; the words beside it say it too. */
const looks = { heading: "bold", good: "green", bad: "red", warning: "yellow", quiet: "dim" } as const;
export type Look = keyof typeof looks;

/** The text in the look's colour, or as it is where there are no colours. */
export const style = (output: Pick<Output, "colours">, look: Look, text: string): string =>
  output.colours ? styleText(looks[look], text, { validateStream: false }) : text;
