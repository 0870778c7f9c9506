import type { ClientRequest, IncomingMessage } from "node:http";
import http from "node:http";
import { posix } from "node:path";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ConnectTarget, Exchange } from "../../http/exchange.ts";
import { unavailable } from "../../status-error.ts";
import { answerNodeProxy } from "./answer-node-proxy.ts";
import { dialUpstream, renderFailure } from "./dial-upstream.ts";
import { kubeletPort, locateUpstream } from "./locate-upstream.ts";
import { buildRequestHeaders, buildResponseHeaders } from "./proxy-headers.ts";
import { rewriteLocation } from "./rewrite-location.ts";
import type { Upstream } from "./upstream.ts";
import { renderAddress } from "./upstream.ts";

/** Passes a request on to what a pod, Service or node serves, and its answer back, both as streams. */
export async function answerProxy(target: ConnectTarget, exchange: Exchange): Promise<void> {
  const { request, response, api, network, url, signal } = exchange;
  const upstream = locateUpstream(target, api);
  if (target.rest === "" && (request.method === "GET" || request.method === "HEAD")) {
    return void response.writeHead(301, { location: `${url.pathname}/${url.search}` }).end();
  }
  if (target.type.plural === "nodes" && upstream.port === kubeletPort) return answerNodeProxy(target, exchange);
  let connection: Duplex | undefined;
  let answer: IncomingMessage;
  try {
    connection = await dialUpstream(upstream, network, signal);
    answer = await send({ target, exchange, upstream, connection, signal });
  } catch (error) {
    connection?.destroy();
    if (signal.aborted) return void response.destroy();
    throw unavailable(`error trying to reach service: ${renderFailure(error, upstream)}`);
  }
  const requestHost = request.headers.host ?? "";
  const rewrite = (location: string): string => rewriteLocation(location, { prefix: upstream.prefix, upstreamHost: renderAddress(upstream), requestHost });
  response.writeHead(answer.statusCode ?? 502, buildResponseHeaders(answer, rewrite));
  response.flushHeaders();
  // An answer that breaks off must not look complete.
  await pipeline(answer, response).catch(() => response.destroy());
  connection.destroy();
}

type Passage = {
  readonly target: ConnectTarget;
  readonly exchange: Exchange;
  readonly upstream: Upstream;
  readonly connection: Duplex;
  readonly signal: AbortSignal;
};

async function send({ target, exchange: { request, url }, upstream, connection, signal }: Passage): Promise<IncomingMessage> {
  const path = target.rest === "" ? "/" : target.rest;
  const isChunked = request.headers["transfer-encoding"] !== undefined;
  const hasBody = isChunked || request.headers["content-length"] !== undefined;
  const outgoing = http.request({
    createConnection: () => connection,
    method: request.method ?? "GET",
    path: `${path}${url.search}`,
    headers: buildRequestHeaders(request, {
      "X-Forwarded-Uri": posix.join(upstream.prefix, path),
      ...(isChunked && { "Transfer-Encoding": "chunked" }),
      ...(!hasBody && needsLength.has(request.method ?? "") && { "Content-Length": "0" }),
      Connection: "close",
    }),
  });
  const abort = (): void => void outgoing.destroy();
  signal.addEventListener("abort", abort, { once: true });
  if (hasBody) passBody(request, outgoing);
  else outgoing.end();
  return new Promise((resolve, reject) => {
    outgoing.once("response", resolve);
    // Stays, for errors after the answer has begun, of which its own stream tells.
    outgoing.on("error", reject);
    outgoing.once("close", () => {
      signal.removeEventListener("abort", abort);
      reject(new Error("EOF"));
    });
  });
}

/** Of requests without a body, these say so. */
const needsLength: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** An upstream may answer before it has read all; the rest is dropped then. */
function passBody(request: IncomingMessage, outgoing: ClientRequest): void {
  request.on("error", () => outgoing.destroy());
  request.once("aborted", () => outgoing.destroy());
  outgoing.once("close", () => {
    request.unpipe(outgoing);
    request.resume();
  });
  request.pipe(outgoing);
}
