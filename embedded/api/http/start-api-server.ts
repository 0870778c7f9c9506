import type { IncomingMessage } from "node:http";
import { ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Clock } from "../../clock.ts";
import type { NodeAgents } from "../../nodes/node-agent.ts";
import type { PodNetwork } from "../../nodes/pod-network.ts";
import type { Identity } from "../identity/identity.ts";
import type { Api } from "../registry/api.ts";
import type { Authorizer } from "../rights/authorizer.ts";
import type { Audit, Server } from "./answer-request.ts";
import { answerRequest } from "./answer-request.ts";
import type { ApiFaults } from "./faults.ts";
import { createFaults } from "./faults.ts";

export type ApiServerOptions = {
  readonly api: Api;
  readonly identity: Identity;
  readonly authorizer: Authorizer;
  readonly agents: NodeAgents;
  readonly network: PodNetwork;
  readonly clock: Clock;
  /** 0 takes one that is free. */
  readonly port: number;
  /** Ends the server as `close` does. */
  readonly signal: AbortSignal;
  /** Called with each request once it is answered, for tests. */
  readonly onRequest?: (audit: Audit) => void;
};

export type ApiServer = {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  readonly port: number;
  readonly faults: ApiFaults;
  /** Another way in than the port: a connection from the pod network, on which the client will speak TLS. */
  serveConnection(connection: Duplex): void;
  /** Breaks all connections off; resolves when none is left. */
  close(): Promise<void>;
};

/** Starts the API server on 127.0.0.1. Rejects with an Error of code EADDRINUSE or EACCES when the port can't be had. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const ended = new AbortController();
  const { faults, active } = createFaults(options.api.store);
  const server: Server = { ...options, faults: active, signal: ended.signal };
  const { key, certificate: cert } = options.identity.serving;
  const https = createServer({ key, cert, ca: options.identity.caPem, requestCert: true, rejectUnauthorized: false, keepAlive: true });
  // Watches last for as long as their clients like, and uploads have limits of their own.
  https.requestTimeout = 0;
  https.headersTimeout = 30_000;
  https.keepAliveTimeout = 120_000;
  const connections = new Set<Duplex>();
  const track = (connection: Duplex): void => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
    // Whoever breaks off in the middle of a handshake must not end the process.
    connection.on("error", () => connection.destroy());
  };
  https.on("connection", track);
  https.on("secureConnection", track);
  https.on("request", (request, response) => void answerRequest(server, { request, response }));
  https.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const response = createResponse(request);
    void answerRequest(server, { request, response, upgrade: { socket, head } });
  });
  await listen(https, options.port);
  const { port } = parseAddress(https.address());
  const close = async (): Promise<void> => {
    ended.abort();
    const closed = new Promise<void>((resolve) => https.close(() => resolve()));
    for (const connection of connections) connection.destroy();
    await closed;
  };
  if (options.signal.aborted) await close();
  else options.signal.addEventListener("abort", () => void close(), { once: true });
  return { url: `https://127.0.0.1:${port}`, port, faults, serveConnection: (connection) => void https.emit("connection", connection), close };
}

/** For refusals on a connection that asked for an upgrade: after one, the connection ends. */
function createResponse(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(request.socket);
  response.once("finish", () => request.socket.end());
  return response;
}

function listen(https: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    https.once("error", reject);
    https.listen(port, "127.0.0.1", () => {
      https.off("error", reject);
      resolve();
    });
  });
}

const parseAddress = (address: string | AddressInfo | null): AddressInfo => address as AddressInfo;
