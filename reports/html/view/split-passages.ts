import { renderLines } from "../../visible-text.ts";

/** A piece of a sentence; code is something to type or to look for. */
export type Passage = { readonly text: string; readonly isCode: boolean };

/** A text as pieces to be shown one behind the other: words that stand between backticks are what to type or to look for. */
export const splitPassages = (text: string): readonly Passage[] =>
  renderLines(text)
    .split(/`([^`\n]+)`/)
    .flatMap((part, index) => (part === "" ? [] : [{ text: part, isCode: index % 2 === 1 }]));
