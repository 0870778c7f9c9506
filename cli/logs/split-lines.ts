/** A line's bytes without its end, at most as many as the splitter keeps, and how many it had. */
export type SplitLine = { readonly bytes: Buffer; readonly length: number };

/** Cuts a stream's chunks into lines, and of a line that exceeds `maxBytes` keeps only its beginning, so that memory stays bounded. */
export function createLineSplitter(maxBytes: number): { push(chunk: Buffer): readonly SplitLine[]; rest(): SplitLine | undefined } {
  let parts: Buffer[] = [];
  let [kept, length] = [0, 0];
  const add = (bytes: Buffer): void => {
    const part = bytes.subarray(0, maxBytes - kept);
    if (part.length > 0) parts.push(part);
    kept += part.length;
    length += bytes.length;
  };
  const finish = (): SplitLine => {
    const [first] = parts;
    const line = { bytes: parts.length === 1 && first !== undefined ? first : Buffer.concat(parts), length };
    parts = [];
    [kept, length] = [0, 0];
    return line;
  };
  return {
    push(chunk) {
      const lines: SplitLine[] = [];
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        add(chunk.subarray(start, end));
        lines.push(finish());
        start = end + 1;
      }
      if (start < chunk.length) add(chunk.subarray(start));
      return lines;
    },
    rest: () => (length === 0 ? undefined : finish()),
  };
}

const newline = 0x0a;
