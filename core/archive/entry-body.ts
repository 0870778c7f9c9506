import { Readable } from "node:stream";
import type { Source } from "./tar-parser.ts";

/**
 * An entry's content as a stream of its own: destroyed early, it drains what is left instead of ending the archive, and an archive that
 * breaks destroys it with the error that `failure` gives.
 */
export function openBody(source: Source, failure: () => Error): Readable {
  let ended = false;
  const body = new Readable({
    read: () => void source.resume(),
    destroy: (error, callback) => {
      source.resume();
      callback(error);
    },
  });
  // The archive's reader throws the same error; a body that nobody reads must not end the process.
  body.on("error", () => undefined);
  source.on("error", () => undefined);
  source.on("data", (chunk: unknown) => {
    if (!body.destroyed && !body.push(chunk)) source.pause();
  });
  source.on("end", () => {
    ended = true;
    body.push(null);
  });
  source.on("close", () => {
    if (!ended && !body.destroyed) body.destroy(failure());
  });
  return body;
}
