import type { Readable } from "node:stream";

/** The lines of a stream, without their ends; a last one without an end is left out, because it was cut off. Throws a RangeError when a line exceeds `maxBytes`. */
export async function* readLines(stream: Readable, maxBytes: number): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      parts.push(chunk.subarray(start, end));
      yield Buffer.concat(parts).toString("utf8");
      parts = [];
      size = 0;
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > maxBytes) throw new RangeError(`a line is longer than ${maxBytes} bytes`);
  }
}

const newline = 0x0a;
