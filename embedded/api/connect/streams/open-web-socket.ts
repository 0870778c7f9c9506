import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { Upgrade } from "../../http/exchange.ts";
import { markWritten, PlainRefusal } from "./refuse-upgrade.ts";

/** The first of our protocols that the client offers; throws the refusal that a server gives to all others. */
export function chooseProtocol<Protocol extends string>(request: IncomingMessage, ours: readonly Protocol[]): Protocol {
  const offered = offeredProtocols(request);
  const chosen = ours.find((protocol) => offered.includes(protocol));
  if (chosen === undefined) throw new PlainRefusal(403, "");
  return chosen;
}

/** What a client would speak over its WebSocket, most wanted first. */
export const offeredProtocols = (request: IncomingMessage): readonly string[] =>
  (request.headers["sec-websocket-protocol"] ?? "").split(",").map((protocol) => protocol.trim());

/** Completes the handshake with a protocol that was chosen; throws a PlainRefusal for a request that is no WebSocket's. Its errors have a listener. */
export async function openWebSocket({ request, socket, head }: Upgrade, protocol: string): Promise<WebSocket> {
  const server = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: maxMessageBytes });
  // The package refuses "SPDY/3.1+portforward.k8s.io", whose slash no protocol's name may have, so it never sees protocols.
  delete request.headers["sec-websocket-protocol"];
  server.on("headers", (headers) => {
    headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
    markWritten(socket);
  });
  return new Promise((resolve, reject) => {
    // Of a connection that is gone the package says nothing.
    const gone = (): void => reject(new PlainRefusal(400, "the connection has ended"));
    if (socket.destroyed) return gone();
    socket.once("close", gone);
    server.on("wsClientError", (error) => reject(new PlainRefusal(400, error.message)));
    server.handleUpgrade(request, socket, head, (opened) => {
      socket.off("close", gone);
      opened.on("error", () => undefined);
      resolve(opened);
    });
  });
}

/** Of one message; clients send far less at once. */
const maxMessageBytes = 16 * 1024 * 1024;

/** Ends the conversation, and resolves when the client has agreed or gone. */
export async function closeWebSocket(socket: WebSocket): Promise<void> {
  socket.resume();
  socket.close(1000);
  if (socket.readyState !== socket.CLOSED) await once(socket, "close");
}
