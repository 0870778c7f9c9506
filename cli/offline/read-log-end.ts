import type { Readable } from "node:stream";

const keptBytes = 64 * 1024;

/** The time of the last line of a run's log, asdic's or Sonobuoy's, as it stands there; undefined when no line says one. */
export async function readLogEnd(body: Readable): Promise<string | undefined> {
  let end = Buffer.alloc(0);
  for await (const chunk of body as AsyncIterable<Buffer>) end = Buffer.concat([end, chunk]).subarray(-keptBytes);
  return /.*"time":"([^"]{1,40})"/s.exec(end.toString("latin1"))?.[1];
}
