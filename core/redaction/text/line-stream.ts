import { Transform } from "node:stream";
import { Unreadable } from "../files/unreadable.ts";
import { redactMixedLines } from "../objects/redact-mixed-lines.ts";
import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";

const partBytes = 1024 * 1024;
const longestLine = 16 * 1024 * 1024;

/** A stream of lines of JSON without its secrets, such as an audit log; it holds a megabyte, or the longest line, and fails with Unreadable at one of more than 16. */
export function createLineStream(redactor: Redactor, tally: Tally): Transform {
  let waiting: Buffer[] = [];
  let size = 0;
  const work = (bytes: Buffer): Buffer => {
    const text = bytes.toString("utf8");
    const clean = redactMixedLines(redactor, text, { tally, depth: 0 });
    return clean === text ? bytes : Buffer.from(clean);
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      waiting.push(chunk);
      size += chunk.length;
      if (size > longestLine && !chunk.includes(10)) return done(new Unreadable(`it has a line of more than ${longestLine} bytes`));
      if (size < partBytes || !chunk.includes(10)) return done();
      const bytes = Buffer.concat(waiting);
      const end = bytes.lastIndexOf(10) + 1;
      waiting = [bytes.subarray(end)];
      size = bytes.length - end;
      done(null, work(bytes.subarray(0, end)));
    },
    flush: (done) => done(null, work(Buffer.concat(waiting))),
  });
}
