import type { Span } from "../rules/rule.ts";

/** The lines of the YAML object that has this field at its top, without what stands in front of each: an indent, or what a log begins its lines with. They end with line ends, or with escaped ones inside of a string. */
export function readManifestLines(text: string, field: Span): readonly Span[] {
  const mark = readLineEnd(text, field);
  if (mark === undefined) return [];
  const from = Math.max(0, field.start - longestPrefix);
  const before = text.slice(from, field.start);
  const lastMark = before.lastIndexOf(mark);
  const lineAt = lastMark === -1 ? from : from + lastMark + mark.length;
  // In a string the first line stands behind whatever the string stands behind.
  const prefix = mark === "\n" || lastMark !== -1 ? text.slice(lineAt, field.start) : "";
  // A word of a sentence, or more than a log puts in front of a line.
  if (/[a-z],? $/.test(prefix) || (mark === "\n" && lineAt === from && from > 0)) return [];
  const walk = { text, mark, prefix };
  return [...readBack(walk, lineAt), { start: field.start, end: endOfLine(text, field.start, mark) }, ...readOn(walk, endOfLine(text, field.start, mark))];
}

const longestPrefix = 200;

type Walk = { readonly text: string; readonly mark: string; readonly prefix: string };

/** What ends the lines around: what stands behind the field, or in front of it. */
function readLineEnd(text: string, field: Span): string | undefined {
  const behind = /^["']?\r?(\n|\\{1,7}n)/.exec(text.slice(field.end, field.end + 12))?.[1];
  if (behind !== undefined) return behind;
  if (field.end !== text.length && !/^["'\\]/.test(text.slice(field.end, field.end + 1))) return undefined;
  return /(\n|\\{1,7}n)[ ]{0,40}$/.exec(text.slice(Math.max(0, field.start - 50), field.start))?.[1];
}

function readBack(walk: Walk, lineAt: number): readonly Span[] {
  const lines: Span[] = [];
  for (let end = lineAt - walk.mark.length; end >= 0 && lines.length < mostLines;) {
    const found = walk.text.lastIndexOf(walk.mark, end - 1);
    // A longer line is none of YAML's, and is not to be read again and again.
    const start = found === -1 ? 0 : found + walk.mark.length;
    const line = end === 0 ? undefined : readLine(walk, { start, end });
    if (line === undefined) break;
    lines.push(line);
    end = found;
  }
  return lines.toReversed();
}

function readOn(walk: Walk, from: number): readonly Span[] {
  const lines: Span[] = [];
  for (let start = from + walk.mark.length; start < walk.text.length && lines.length < mostLines;) {
    const end = endOfLine(walk.text, start, walk.mark);
    const line = readLine(walk, { start, end });
    if (line === undefined) break;
    lines.push(line);
    start = end + walk.mark.length;
  }
  return lines;
}

const mostLines = 400;

function endOfLine(text: string, at: number, mark: string): number {
  const found = text.indexOf(mark, at);
  const end = found === -1 ? text.length : found;
  if (mark === "\n") return end;
  // A string ends on its own line.
  const line = text.slice(at, Math.min(end, at + longestLine)).indexOf("\n");
  return line === -1 ? end : at + line;
}

/** What the line says behind its prefix; undefined if it is none of the same object. */
function readLine({ text, mark, prefix }: Walk, { start, end }: Span): Span | undefined {
  if (end - start > longestLine) return undefined;
  const own = text.slice(start, start + prefix.length);
  const isSame = prefix.trim() === "" || /^\s*- $/.test(prefix) ? /^[ \t]*(?:- )?$/.test(own) : own.slice(-2) === prefix.slice(-2);
  const at = start + prefix.length;
  if (!isSame || at > end) return end - start === 0 ? { start, end } : undefined;
  const content = text.slice(at, Math.min(end, at + 100));
  if (!/^(?:\s|$|#|[A-Za-z]\w{0,60}:(?:\s|$))/.test(content) || content.startsWith("kind:")) return undefined;
  // In a string a line may lie behind what only looks like a line's end.
  return mark !== "\n" && text.slice(at, end).includes("\n") ? undefined : { start: at, end };
}

const longestLine = 256 * 1024;
