import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { isJsonObject } from "../core/contract/json.ts";
import type { Clock } from "../core/contract/worker-wire.ts";
import type { Answer } from "./aggregator-connection.ts";
import type { Log } from "./log.ts";
import { renderFailure } from "./log.ts";

/** What the server does with requests; both throw when the aggregator can't be reached in time. */
export type ProgressHandlers = { readonly relay: (body: Buffer) => Promise<Answer>; readonly clock: () => Promise<Clock> };

const maxProgressBytes = 64 * 1024;

/**
 * Serves the plugins of this pod on loopback: POST …/progress is handed on to the aggregator byte for byte, GET /clock compares the clocks.
 * An address that can't be had costs only itself. Resolves when the server listens; returns what ends it.
 */
export async function startProgressServer(options: { readonly port: number; readonly handlers: ProgressHandlers; readonly log: Log }): Promise<() => void> {
  const { port, handlers, log } = options;
  const servers = await Promise.all(
    ["127.0.0.1", "::1"].map(async (host) => {
      const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 1000 }, (request, response) => {
        answer(request, response, handlers).catch((error: unknown) => log("warn", `a plugin's request failed: ${renderFailure(error)}`));
      });
      server.maxConnections = 32;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.on("error", (error) => {
        if (host !== "::1") log("error", `progress of the plugin can't be taken: ${renderFailure(error)}`);
        resolve();
      });
      server.listen({ port, host }, resolve);
      await promise;
      return server;
    }),
  );
  return () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, handlers: ProgressHandlers): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (path.endsWith("/progress")) return await answerProgress(request, response, handlers.relay);
  if (path === "/clock") return await answerClock(request, response, handlers.clock);
  reply(response, 404, { error: "there is POST /progress and GET /clock" });
}

async function answerProgress(request: IncomingMessage, response: ServerResponse, relay: ProgressHandlers["relay"]): Promise<void> {
  if (request.method !== "POST") return reply(response, 405, { error: "progress is sent by POST" });
  const body = await readBody(request);
  if (body === undefined) {
    response.setHeader("connection", "close");
    reply(response, 413, { error: "progress is longer than 64 KiB" });
    request.resume();
    return;
  }
  if (!isJsonText(body)) return reply(response, 400, { error: "progress is no JSON object" });
  try {
    const { status, headers, body: said } = await relay(body);
    response.writeHead(status, { "content-type": headers["content-type"] ?? "application/json" }).end(said);
  } catch {
    reply(response, 502, { error: "the aggregator can't be reached" });
  }
}

async function answerClock(request: IncomingMessage, response: ServerResponse, clock: ProgressHandlers["clock"]): Promise<void> {
  if (request.method !== "GET") return reply(response, 405, { error: "the clock is read by GET" });
  try {
    reply(response, 200, await clock());
  } catch {
    reply(response, 503, { error: "the aggregator can't be reached" });
  }
}

/** The whole body, undefined when it is too long; the rest is left unread then. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxProgressBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isJsonText(body: Buffer): boolean {
  try {
    return isUtf8(body) && isJsonObject(JSON.parse(body.toString("utf8")));
  } catch {
    return false;
  }
}

function reply(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
