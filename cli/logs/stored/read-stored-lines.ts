import { maxLineBytes, maxStampBytes, parseLogLine } from "../log-line.ts";
import { createLineSplitter } from "../split-lines.ts";

export type StoredLines = {
  /** Only so many last ones; undefined: all. */
  readonly tailLines: number | undefined;
  /** Whether lines were stored with their times, and whether they are to be shown. */
  readonly hasStamps: boolean;
  readonly showsStamps: boolean;
};

/** A log's lines some at a time, as hostile as they came; `onCut` gets what the snapshot said at its end where it is not whole. */
export async function* readStoredLines(body: AsyncIterable<Buffer>, wanted: StoredLines, onCut: (why: string) => void): AsyncGenerator<readonly string[]> {
  const { tailLines = Infinity } = wanted;
  let waiting: string[] = [];
  let last: string | undefined;
  const take = (lines: readonly { readonly bytes: Buffer; readonly length: number }[]): void => {
    for (const line of lines) {
      // Only of the last line it is known that it is the last.
      if (last !== undefined) waiting.push(last);
      last = renderLine(line, wanted);
    }
    if (waiting.length > 2 * tailLines) waiting = waiting.slice(-tailLines);
  };
  const splitter = createLineSplitter(maxLineBytes + maxStampBytes);
  for await (const chunk of body) {
    take(splitter.push(chunk));
    if (tailLines === Infinity && waiting.length > 0) {
      yield waiting;
      waiting = [];
    }
  }
  const rest = splitter.rest();
  if (rest) take([rest]);
  const [, why] = cutMark.exec(last ?? "") ?? [];
  if (why !== undefined) onCut(why);
  else if (last !== undefined) waiting.push(last);
  yield tailLines === Infinity ? waiting : waiting.slice(Math.max(0, waiting.length - tailLines));
}

/** What core/snapshot ends a log with that it did not keep whole. */
const cutMark = /^\[asdic: this log ((?:goes on, and was cut|broke off) here.*)\]$/;

function renderLine(line: { readonly bytes: Buffer; readonly length: number }, { hasStamps, showsStamps }: StoredLines): string {
  const { stamp, text } = parseLogLine(line);
  // What looks like a stamp is the program's own where none was stored.
  return stamp !== "" && (!hasStamps || showsStamps) ? `${stamp} ${text}` : text;
}
