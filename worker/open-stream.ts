import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { buffer } from "node:stream/consumers";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import type { Timings } from "./timings.ts";
import type { Way } from "./ways.ts";

/** The aggregator's answer to a request: a body to be read as it comes, or its status with the beginning of what it says. */
export type Stream = { readonly body: IncomingMessage } | { readonly status: number; readonly said: string };

const maxSaidBytes = 500;

/** Asks the aggregator for a path by one of the ways to it; throws when there is no answer. A body that stalls or breaks off fails. */
export async function openStream(options: {
  readonly settings: Pick<WorkerSettings, "tokenFile">;
  readonly way: Way;
  readonly path: string;
  readonly timings: Pick<Timings, "connect" | "idle">;
  readonly signal: AbortSignal;
}): Promise<Stream> {
  const { settings, way, path, timings, signal } = options;
  // Kubernetes rotates the file.
  const authorization = `Bearer ${(await readFile(settings.tokenFile, "utf8")).trim()}`;
  const request = get(new URL(path, way.base), { agent: way.agent, headers: { authorization }, signal });
  // What comes after its answer, or in place of one that nobody waits for any more, must not end the process.
  request.on("error", () => undefined);
  const connectTimer = setTimeout(() => request.destroy(new Error("no connection in time")), timings.connect);
  const connected = (): void => clearTimeout(connectTimer);
  request.once("socket", (socket) => (request.reusedSocket ? connected() : socket.once("secureConnect", connected)));
  request.setTimeout(timings.idle, () => request.destroy(new Error(`no progress for ${timings.idle / 1000} s`)));
  try {
    const [body]: IncomingMessage[] = await once(request, "response");
    if (body === undefined) throw new Error("there is no answer");
    // What ends the request before its answer is read is the body's error.
    request.on("error", (error) => body.destroy(error));
    if (body.statusCode === 200) return { body };
    const said = (await buffer(body)).subarray(0, maxSaidBytes).toString("utf8");
    return { status: body.statusCode ?? 0, said };
  } finally {
    clearTimeout(connectTimer);
  }
}
