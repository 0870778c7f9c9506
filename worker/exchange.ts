import { createHash } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Agent } from "node:https";
import { request as startRequest } from "node:https";
import { TLSSocket } from "node:tls";
import { digestTrailer } from "../core/contract/worker-wire.ts";
import type { AggregatorRequest, Answer } from "./aggregator-connection.ts";
import type { Timings } from "./timings.ts";
import { writeBody } from "./write-body.ts";

type Exchange = AggregatorRequest & { readonly url: URL; readonly agent: Agent; readonly token: string; readonly timings: Timings };

/** One request to one address, and its answer; an answer that comes before the body has been sent ends the sending. Throws ExchangeFailure, or what the body threw. */
export async function exchange(options: Exchange): Promise<Answer> {
  const { url, agent, method, body, signal, timings } = options;
  const idle = options.idle ?? timings.idle;
  const outcome = Promise.withResolvers<Answer>();
  const consent = Promise.withResolvers<void>();
  const over = new AbortController();
  let isConnected = false;
  let isConsented = false;
  let consentTimer: NodeJS.Timeout | undefined;

  const outgoing = startRequest(url, { agent, method, headers: buildHeaders(options), signal });
  const connectTimer = setTimeout(() => outgoing.destroy(new Error("no connection in time")), options.connect ?? timings.connect);
  const connected = (): void => {
    isConnected = true;
    clearTimeout(connectTimer);
    outgoing.setTimeout(idle, () => outgoing.destroy(new Error(`no progress for ${idle / 1000} s`)));
    // Not every server says 100 Continue.
    consentTimer = setTimeout(consent.resolve, timings.consent);
  };
  outgoing.once("socket", (socket) => {
    if (options.recordBytes !== undefined && socket instanceof TLSSocket) socket.setMaxSendFragment(options.recordBytes);
    if (outgoing.reusedSocket) connected();
    else socket.once("secureConnect", connected);
  });
  outgoing.once("continue", consent.resolve);
  outgoing.once("response", (incoming) => {
    over.abort();
    consent.resolve();
    readAnswer(incoming, options.longestAnswer ?? usualAnswerBytes).then(outcome.resolve, outcome.reject);
  });
  outgoing.on("error", (error) => {
    const isStale = outgoing.reusedSocket && isReset(error) && !isConsented;
    outcome.reject(new ExchangeFailure(!isConnected ? "connecting" : isStale ? "stale" : "talking", error));
  });

  try {
    if (Buffer.isBuffer(body)) outgoing.end(body);
    else {
      outgoing.flushHeaders();
      await Promise.race([consent.promise, outcome.promise]);
      isConsented = true;
      if (!over.signal.aborted)
        await Promise.race([writeBody({ outgoing, body, hash: options.hash ?? createHash("sha256"), stop: over.signal }), outcome.promise]);
    }
    return await outcome.promise;
  } finally {
    over.abort();
    clearTimeout(connectTimer);
    clearTimeout(consentTimer);
    // A connection is kept for the next request only if this one was written in full; the agent waits until it has been sent.
    if (!outgoing.writableEnded) outgoing.destroy();
  }
}

/** No answer came. connecting: not even a connection; stale: the other side had closed a pooled connection; talking: it broke afterwards. */
export class ExchangeFailure extends Error {
  override readonly name = "ExchangeFailure";
  readonly stage: "connecting" | "stale" | "talking";

  constructor(stage: ExchangeFailure["stage"], cause: Error) {
    super(cause.message, { cause });
    this.stage = stage;
  }
}

function buildHeaders({ body, headers, token }: Exchange): OutgoingHttpHeaders {
  const framing = Buffer.isBuffer(body)
    ? { "content-length": body.length }
    : { "transfer-encoding": "chunked", trailer: digestTrailer, expect: "100-continue" };
  return { ...headers, ...framing, authorization: `Bearer ${token}` };
}

/** What is said of a refusal, or to a poll. */
const usualAnswerBytes = 64 * 1024;

/** A body that breaks off is as good as its beginning: the status has been said. */
async function readAnswer(incoming: IncomingMessage, longest: number): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > longest) break;
    }
  } catch {
    // What came is kept.
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).subarray(0, longest) };
}

const isReset = (error: Error): boolean => "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
