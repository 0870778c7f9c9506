import type { IncomingMessage } from "node:http";
import http from "node:http";
import https from "node:https";
import { PassThrough } from "node:stream";
import type { FetchAnswer, FetchRequest } from "./cluster.ts";
import type { Connection, RequestTrace } from "./connection.ts";
import { networkFailure, NoAnswer, readCode } from "./network-failure.ts";

/** How long a connection may take to come about, how long nothing may come over it, and, where that is limited, how long the head of an answer may take; milliseconds. */
export type RequestTiming = { readonly connect: number; readonly idle: number; readonly answer?: number | undefined };

/** Sends one request and gives the answer whatever its status; throws networkFailure's KnownErrors, or the signal's reason. */
export async function sendRequest(connection: Connection, request: FetchRequest, timing: RequestTiming): Promise<FetchAnswer> {
  for (;;) {
    const answer = await sendOnce(connection, request, timing);
    if (answer !== staleConnection) return answer;
  }
}

/** The server had closed a kept connection just as it was used again. Each is used up by that, so that the last try is on a new one. */
const staleConnection = "stale-connection";

async function sendOnce(connection: Connection, request: FetchRequest, timing: RequestTiming): Promise<FetchAnswer | typeof staleConnection> {
  const { signal, body } = request;
  signal?.throwIfAborted();
  const options = await connection.authenticate();
  signal?.throwIfAborted();
  const base = new URL(connection.server);
  const path = `${base.pathname.replace(/\/$/, "")}${request.path}${renderQuery(request.query)}`;
  const trace = startTrace(connection, { method: request.method ?? "GET", path });
  const method = request.method ?? "GET";
  return new Promise((resolve, reject) => {
    const message = (base.protocol === "http:" ? http : https).request({
      ...options,
      host: base.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: base.port || (base.protocol === "http:" ? 80 : 443),
      method,
      path,
      headers: {
        "user-agent": "asdic",
        accept: "application/json",
        ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
        ...options.headers,
        ...request.headers,
      },
      ...(signal === undefined ? {} : { signal }),
    });
    const connecting = setTimeout(() => message.destroy(new NoAnswer(`no connection within ${timing.connect / 1000} s`)), timing.connect);
    message.once("socket", (socket) => {
      const connected = (): void => clearTimeout(connecting);
      if (message.reusedSocket || !socket.connecting) connected();
      else socket.once(base.protocol === "http:" ? "connect" : "secureConnect", connected);
      socket.setKeepAlive(true, 30_000);
    });
    let answer: IncomingMessage | undefined;
    message.setTimeout(request.idleSeconds === undefined ? timing.idle : request.idleSeconds * 1000, () => {
      (answer ?? message).destroy(new NoAnswer("no answer in time"));
    });
    const answering =
      timing.answer === undefined
        ? undefined
        : setTimeout(() => message.destroy(new NoAnswer(`no answer within ${Number(timing.answer) / 1000} s`)), timing.answer);
    message.once("close", () => clearTimeout(connecting));
    message.once("close", () => clearTimeout(answering));
    message.once("error", (error) => {
      trace(signal?.aborted ? "given up" : readCode(error) || error.message);
      if (signal?.aborted) reject(signal.reason);
      else if (method === "GET" && message.reusedSocket && ["ECONNRESET", "EPIPE"].includes(readCode(error))) resolve(staleConnection);
      else reject(networkFailure(error, connection));
    });
    message.once("response", (response) => {
      answer = response;
      clearTimeout(answering);
      trace(response.statusCode ?? 0);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: passOn(response, (error) => (signal?.aborted ? asError(signal.reason) : networkFailure(error, connection))),
      });
    });
    message.end(body);
  });
}

/** Tells once how a request went, if anybody listens. */
export function startTrace({ onRequest }: Connection, { method, path }: Pick<RequestTrace, "method" | "path">): (outcome: RequestTrace["outcome"]) => void {
  const begun = performance.now();
  let isTold = false;
  return (outcome) => {
    if (!isTold) onRequest?.({ method, path, outcome, milliseconds: performance.now() - begun });
    isTold = true;
  };
}

/** The body, with errors that people can read, and none that ends the process when nobody listens any more. */
function passOn(response: IncomingMessage, failed: (error: Error) => Error): PassThrough {
  const body = new PassThrough();
  response.on("error", (error) => body.destroy(failed(error)));
  body.on("error", () => undefined);
  body.once("close", () => response.destroy());
  response.pipe(body);
  return body;
}

const renderQuery = (query: FetchRequest["query"]): string => {
  const text = new URLSearchParams(query).toString();
  return text === "" ? "" : `?${text}`;
};

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error("aborted", { cause: reason }));
