import { once } from "node:events";
import { request as startRequest, type IncomingMessage } from "node:http";
import { Readable, type Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { FetchAnswer } from "../core/cluster/cluster.ts";
import { isKnownError, KnownError } from "../core/contract/known-error.ts";
import { serverName } from "../core/contract/names.ts";

type StreamRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
};

/** How long nothing may come before the connection counts as broken. */
const idleMilliseconds = 60_000;

/** GETs a path of the aggregator over a connection through the API server; a connection that breaks is "cluster-unreachable", as with every other request. */
export async function fetchOverStream(stream: Duplex, { path, headers, ca, signal }: StreamRequest): Promise<FetchAnswer> {
  // Without the run's CA it is the API server who vouches for the pod, as it does for what its proxy brings.
  const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
  const secure = connectTls({ socket: stream, servername: serverName, minVersion: "TLSv1.2", ...trust });
  // What the stream itself has to say is better than what a broken handshake says.
  const explain = (error: unknown): unknown => {
    if (signal.aborted) return signal.reason;
    const reason: unknown = stream.errored ?? error;
    return isKnownError(reason) ? reason : broken(reason);
  };
  try {
    await Promise.race([once(secure, "secureConnect", { signal }), ended(stream)]);
    const asked = startRequest({ createConnection: () => secure, path, headers: { host: serverName, connection: "close", ...headers }, signal });
    asked.setTimeout(idleMilliseconds, () => asked.destroy(new Error("nothing has come for a minute")));
    asked.end();
    const [answer]: IncomingMessage[] = await Promise.race([once(asked, "response", { signal }), ended(stream)]);
    if (answer === undefined) throw new Error("there is no answer");
    asked.on("error", () => undefined);
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: Readable.from(readBody(answer, stream, explain), { objectMode: false }) };
  } catch (error) {
    stream.destroy();
    throw explain(error);
  }
}

/** Rejects when the stream ends before anything else has come. */
async function ended(stream: Duplex): Promise<never> {
  await once(stream, "close");
  throw stream.errored ?? new Error("it was closed");
}

async function* readBody(answer: IncomingMessage, stream: Duplex, explain: (error: unknown) => unknown): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of answer) yield chunk as Buffer;
  } catch (error) {
    throw explain(error);
  } finally {
    stream.destroy();
  }
}

const broken = (cause: unknown): KnownError =>
  new KnownError(
    "cluster-unreachable",
    `The connection to the aggregator through the API server broke: ${cause instanceof Error ? cause.message : String(cause)}.`,
    {
      hint: "Try again in a moment.",
      cause,
    },
  );
