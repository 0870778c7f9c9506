import { renderLine, renderLines } from "../visible-text.ts";

/** A text in code type on one line: nothing in it is markup, a link or a mention, not even in a cell of a table. At most 300 characters. */
export function renderCode(text: string): string {
  const line = renderLine(text);
  const cut = (line.length <= longestLine ? line : `${line.slice(0, longestLine).toWellFormed()}…`).replaceAll("|", "\\|");
  const fence = fenceFor(cut, 1);
  const pad = cut.includes("`") ? " " : "";
  return cut === "" ? "–" : `${fence}${pad}${cut}${pad}${fence}`;
}

const longestLine = 300;

/** A text of several lines as a block of code, of which at most `limit` characters are shown. */
export function renderBlock(text: string, limit: number): string {
  const lines = renderLines(text).trimEnd();
  const cut = lines.length <= limit ? lines : `${lines.slice(0, limit).toWellFormed()}\n…`;
  const fence = fenceFor(cut, 3);
  return `${fence}text\n${cut}\n${fence}`;
}

/** A sentence of our own, in which words of others may stand: all punctuation stands for itself, and nobody is mentioned. */
export const renderSentence = (text: string): string =>
  renderLine(text)
    .replaceAll(/[\\`*_{}[\]()<>#|~&$]|:(?=\/\/)|(?<=www)\./gi, "\\$&")
    .replaceAll(/@|\\#/g, "$&<!-- -->");

/** Longer than any row of backticks in it. */
function fenceFor(text: string, least: number): string {
  const longest = [...text.matchAll(/`+/g)].reduce((most, [row]) => Math.max(most, row.length), least - 1);
  return "`".repeat(longest + 1);
}
