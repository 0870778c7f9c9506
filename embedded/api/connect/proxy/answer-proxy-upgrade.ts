import type { IncomingMessage } from "node:http";
import http, { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ConnectTarget, Upgrade } from "../../http/exchange.ts";
import { badRequest, StatusError } from "../../status-error.ts";
import { markWritten } from "../streams/refuse-upgrade.ts";
import { dialUpstream, renderFailure } from "./dial-upstream.ts";
import { kubeletPort, locateUpstream } from "./locate-upstream.ts";
import { buildRequestHeaders } from "./proxy-headers.ts";
import type { Upstream } from "./upstream.ts";

/** Passes a request for another protocol on, and then every byte of both sides; an upstream that refuses is heard in its own words. */
export async function answerProxyUpgrade(target: ConnectTarget, upgrade: Upgrade): Promise<void> {
  const { socket, head, api, network } = upgrade;
  const upstream = locateUpstream(target, api);
  if (target.type.plural === "nodes" && upstream.port === kubeletPort) throw badRequest("the embedded cluster's kubelets speak plain HTTP only");
  const ending = new AbortController();
  socket.once("close", () => ending.abort());
  const signal = AbortSignal.any([upgrade.signal, ending.signal]);
  const dialled = await reach(upstream, () => dialUpstream(upstream, network, signal));
  signal.addEventListener("abort", () => dialled.destroy(), { once: true });
  const answered = await knock(target, { upgrade, upstream, connection: dialled });
  const { answer, connection } = answered;
  const status = answer.statusCode ?? 502;
  if (status !== 101 && status < 400) {
    connection.destroy();
    throw failure(`invalid upgrade response: status code ${status}`);
  }
  markWritten(socket);
  socket.write(renderHead(answer));
  if (status !== 101) return void (await pipeline(answer, socket).catch(() => socket.destroy()));
  if (answered.head.length > 0) socket.write(answered.head);
  if (head.length > 0) connection.write(head);
  // When one side ends, so does the other.
  const ways = [pipeline(socket, connection, { signal }), pipeline(connection, socket, { signal })];
  await Promise.race(ways.map((way) => way.catch(() => undefined)));
  connection.destroy();
  socket.destroy();
}

type Knock = { readonly upgrade: Upgrade; readonly upstream: Upstream; readonly connection: Duplex };
type Answered = { readonly answer: IncomingMessage; readonly connection: Duplex; readonly head: Buffer };

function knock(target: ConnectTarget, { upgrade: { request, url }, upstream, connection }: Knock): Promise<Answered> {
  const outgoing = http.request({
    createConnection: () => connection,
    method: request.method ?? "GET",
    path: `${target.rest === "" ? "/" : target.rest}${url.search}`,
    headers: buildRequestHeaders(request, { Connection: "Upgrade", Upgrade: request.headers.upgrade ?? "" }),
  });
  return reach(
    upstream,
    () =>
      new Promise((resolve, reject) => {
        outgoing.on("error", reject);
        outgoing.once("upgrade", (answer, raw, head) => resolve({ answer, connection: raw, head }));
        outgoing.once("response", (answer) => resolve({ answer, connection, head: Buffer.alloc(0) }));
        outgoing.end();
      }),
  );
}

async function reach<Result>(upstream: Upstream, attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    throw failure(`error dialing backend: ${renderFailure(error, upstream)}`);
  }
}

/** The real one gives no reason either. */
const failure = (message: string): StatusError => new StatusError({ code: 500, reason: "", message });

function renderHead({ statusCode = 502, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ""}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    // Its body is sent without chunks, up to the end of the connection.
    if (statusCode === 101 || !bodyHeaders.has((rawHeaders[at] ?? "").toLowerCase())) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n${statusCode === 101 ? "" : "Connection: close\r\n"}\r\n`;
}

const bodyHeaders: ReadonlySet<string> = new Set(["transfer-encoding", "connection", "keep-alive"]);
