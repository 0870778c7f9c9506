import type { ClientRequest, IncomingMessage } from "node:http";
import type { KubeConfig } from "@kubernetes/client-node";
import { KnownError } from "../contract/known-error.ts";
import type { Link } from "./api-call.ts";
import { readFailure } from "./api-call.ts";
import type { Connection } from "./connection.ts";
import { networkFailure, readCode } from "./network-failure.ts";
import { startTrace } from "./request.ts";
import type { Resource } from "./resource-path.ts";

/** What is used of a WebSocket of the package ws, which has no types of its own. */
export type Socket = {
  onmessage: unknown;
  readonly protocol: string;
  pause(): void;
  resume(): void;
  terminate(): void;
  close(): void;
  send(data: Buffer, sent: (error?: Error) => void): void;
  once(event: "unexpected-response", listener: (request: ClientRequest, response: IncomingMessage) => void): void;
  once(event: "open" | "close", listener: () => void): void;
  on(event: "message", listener: (data: unknown, isBinary: boolean) => void): void;
};

/** The longest message, and the most of a command's output that is kept in memory. */
export const maxMessageBytes = 16 * 1024 * 1024;

type SocketRequest = { readonly resource: Resource; readonly query: URLSearchParams; readonly signal: AbortSignal | undefined };

/**
 * Opens a WebSocket to a pod's subresource; `attach` gets it before anything can come over it. Once the signal aborts, the socket ends. The border to
 * client-node's WebSocketHandler.
 */
export async function openSocket({ connection, timing }: Link, request: SocketRequest, attach: (socket: Socket) => void): Promise<Socket> {
  const { resource, query, signal } = request;
  signal?.throwIfAborted();
  // The one file that is needed; the whole package is larger than an aggregator.
  const { WebSocketHandler: Handler } = await import("@kubernetes/client-node/dist/web-socket-handler.js");
  // Not with the query: the command is in it, and what a command is told may be a secret.
  const trace = startTrace(connection, { method: "GET", path: resource.path });
  return new Promise((resolve, reject) => {
    let socket: Socket | undefined;
    const abort = (): void => {
      socket?.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    const fail = (error: unknown): void => {
      trace(signal?.aborted ? "given up" : readCode(readCause(error)) || "failed");
      signal?.removeEventListener("abort", abort);
      socket?.terminate();
      reject(signal?.aborted ? signal.reason : error instanceof KnownError ? error : networkFailure(readCause(error), connection));
    };
    const onSocket = (made: Socket): void => {
      socket = made;
      if (signal?.aborted) made.terminate();
      made.once("open", () => {
        trace(101);
        resolve(made);
      });
      made.once("close", () => signal?.removeEventListener("abort", abort));
      made.once("unexpected-response", (_request, answer) => {
        trace(answer.statusCode ?? 0);
        readFailure(connection, { verb: "create", resource }, { status: answer.statusCode ?? 0, headers: answer.headers, body: answer }).then(fail, fail);
      });
      attach(made);
    };
    const target: Target = { connection, connectMilliseconds: timing.connect, onSocket };
    new Handler(parseKubeConfig(target)).connect(`${resource.path}?${query.toString()}`, null, null).catch(fail);
  });
}

type Target = { readonly connection: Connection; readonly connectMilliseconds: number; readonly onSocket: (socket: Socket) => void };

/** What WebSocketHandler asks of a KubeConfig: the server, and options for ws, among them a hook that gives the socket before anything can come over it. */
function parseKubeConfig({ connection, connectMilliseconds, onSocket }: Target): KubeConfig {
  const applyToHTTPSOptions = async (options: object): Promise<void> => {
    Object.assign(options, await connection.authenticate(), {
      handshakeTimeout: connectMilliseconds,
      maxPayload: maxMessageBytes,
      finishRequest(request: ClientRequest, socket: Socket) {
        onSocket(socket);
        // The handler's own listener, which it sets right after this, lets a malformed message end the process.
        queueMicrotask(() => Object.assign(socket, { onmessage: null }));
        request.once("socket", (raw) => raw.setKeepAlive(true, 30_000));
        request.end();
      },
    });
  };
  return { getCurrentCluster: () => ({ name: "", server: connection.server, skipTLSVerify: false }), applyToHTTPSOptions } as unknown as KubeConfig;
}

/** ws wraps the error of a connection in an event. */
const readCause = (error: unknown): unknown => (typeof error === "object" && error !== null && "error" in error ? error.error : error);
