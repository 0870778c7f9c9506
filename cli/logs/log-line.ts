import { StringDecoder } from "node:string_decoder";
import type { SplitLine } from "./split-lines.ts";

/** A moment to the nanosecond: seconds since 1970, and nine digits. */
export type LogTime = { readonly second: number; readonly nanos: string };

/** One line of a container's log. `time` and `stamp`, the same as it was written, are missing where the node did not say them; `text` is as hostile as it came. */
export type LogLine = { readonly time: LogTime | undefined; readonly stamp: string; readonly text: string };

/** Longest text of a line, bytes; what is longer is cut, and the line says so. */
export const maxLineBytes = 64 * 1024;

/** Room for a time stamp before the text, bytes. */
export const maxStampBytes = 64;

/** A line that begins with the time stamp which the API server was asked for; bytes that are no UTF-8 become U+FFFD. */
export function parseLogLine({ bytes, length }: SplitLine): LogLine {
  const [whole = "", seconds = "", nanos = "", zone = ""] = stampPattern.exec(bytes.subarray(0, maxStampBytes).toString("latin1")) ?? [];
  const second = Date.parse(`${seconds}${zone}`) / 1000;
  const hasTime = Number.isFinite(second);
  const skipped = hasTime ? whole.length : 0;
  return {
    time: hasTime ? { second, nanos: nanos.padEnd(9, "0") } : undefined,
    stamp: hasTime ? whole.trimEnd() : "",
    text: renderText(bytes.subarray(skipped), length - skipped),
  };
}

/** Whether one moment is later than the other. */
export const isLater = (one: LogTime, other: LogTime): boolean => one.second > other.second || (one.second === other.second && one.nanos > other.nanos);

const stampPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;

function renderText(bytes: Buffer, length: number): string {
  if (length <= maxLineBytes) return bytes.toString("utf8").replace(/\r$/, "");
  // A decoder keeps back the beginning of a character whose end was cut off.
  return `${new StringDecoder("utf8").write(bytes.subarray(0, maxLineBytes))}… [cut: the line has ${length} bytes]`;
}
