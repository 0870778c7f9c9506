import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import type { Json } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { backOff } from "./back-off.ts";
import { certificateExpiry } from "./certificate-expiry.ts";
import type { FetchAnswer, FetchRequest } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import type { Action } from "./failure.ts";
import { statusFailure } from "./failure.ts";
import type { RequestTiming } from "./request.ts";
import { sendRequest } from "./request.ts";

/** A connection with its time-outs; `backOff` is the first pause before trying again, milliseconds. */
export type Link = { readonly connection: Connection; readonly timing: RequestTiming & { readonly backOff: number } };

/** A request about a resource; the path comes from there, and `json` becomes the body. */
export type ApiRequest = Action & {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly contentType?: string;
  readonly idleSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Sends a request and gives the body of a 2xx answer; anything else is thrown as statusFailure's KnownErrors. */
export async function callApi(link: Link, request: ApiRequest): Promise<Readable> {
  const { connection, timing } = link;
  const { signal } = request;
  for (let attempt = 0; ; attempt++) {
    const answer = await sendRequest(connection, plainRequest(request), timing);
    if (answer.status >= 200 && answer.status < 300) return decoded(answer);
    const pause = attempt < 3 ? pauseBefore(request, answer, backOff(attempt, timing.backOff)) : undefined;
    if (pause === undefined) throw await readFailure(connection, request, answer);
    answer.body.destroy();
    await sleep(pause, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** The JSON of a 2xx answer; objects without a body are null. */
export async function callJson(link: Link, request: ApiRequest): Promise<Json> {
  const body = await readBody(await callApi(link, request), maxBodyBytes);
  try {
    return JSON.parse(body.toString("utf8")) as Json;
  } catch (error) {
    throw notAnApiServer(link.connection, error);
  }
}

/** What answered is something else: a proxy's login page, another service. */
export const notAnApiServer = ({ server }: Pick<Connection, "server">, cause?: unknown): KnownError =>
  new KnownError("cluster-unreachable", `What answers at ${server} is no Kubernetes API server.`, {
    hint: "Check the server's address in the kubeconfig, and the proxies on the way.",
    cause,
  });

/** A refused request as a KnownError. */
export async function readFailure(connection: Connection, action: Action, answer: FetchAnswer): Promise<KnownError> {
  const body = await readBody(answer.body, maxStatusBytes).catch(() => Buffer.alloc(0));
  const certificateExpired = answer.status === 401 ? await certificateExpiry(connection) : undefined;
  return statusFailure({ status: answer.status, body: body.toString("utf8"), action, connection, certificateExpired });
}

/** A Status may list every wrong field of a large object. */
const maxStatusBytes = 1024 * 1024;

/** A page of 500 of the largest objects there can be stays below it; more than that is no list, but an attack. */
const maxBodyBytes = 1024 * 1024 * 1024 - 1;

function plainRequest({ method, resource, query, json, contentType, idleSeconds, signal, verb }: ApiRequest): FetchRequest {
  return {
    method,
    path: resource.path,
    ...(query && { query }),
    // Lists shrink tenfold; a watch's events would wait in the compressor.
    headers: { ...(json !== undefined && { "content-type": contentType ?? "application/json" }), ...(verb === "list" && { "accept-encoding": "gzip" }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(idleSeconds !== undefined && { idleSeconds }),
    ...(signal && { signal }),
  };
}

/** Milliseconds to wait before the same request is sent again, if it may be: 429 means that it was not looked at, 5xx says nothing. */
function pauseBefore({ method }: ApiRequest, { status, headers }: FetchAnswer, otherwise: number): number | undefined {
  const isTransient = (status === 429 && headers["retry-after"] !== undefined) || (method === "GET" && status >= 500);
  if (!isTransient) return undefined;
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? Math.min(seconds, 30) * 1000 : otherwise;
}

function decoded({ headers, body }: FetchAnswer): Readable {
  if (headers["content-encoding"] !== "gzip") return body;
  const plain = createGunzip();
  body.once("error", (error) => plain.destroy(error));
  plain.once("close", () => body.destroy());
  return body.pipe(plain);
}

async function readBody(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
