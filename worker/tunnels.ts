import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { tunnelPath, tunnelProtocol } from "../core/contract/worker-wire.ts";

/** The ways to the aggregator that it has made itself, by a command in this container, and that nobody uses yet. */
export type Tunnels = {
  readonly isOffered: () => boolean;
  take(): Duplex | undefined;
  /** Answers a request for an upgrade on loopback, which the command makes; anything else is refused. */
  offer(request: IncomingMessage, socket: Duplex): void;
  close(): void;
};

/** More than one waits only when the one before has gone silent. */
const mostWaiting = 4;

export function createTunnels(): Tunnels {
  const waiting = new Set<Duplex>();
  return {
    isOffered: () => waiting.size > 0,
    take() {
      // The latest is the one that most likely still stands.
      const socket = [...waiting].at(-1);
      if (socket !== undefined) waiting.delete(socket);
      return socket;
    },
    offer(request, socket) {
      socket.on("error", () => socket.destroy());
      const isTunnel = request.url === tunnelPath && request.headers.upgrade === tunnelProtocol;
      if (!isTunnel || waiting.size >= mostWaiting) {
        socket.end(`HTTP/1.1 ${isTunnel ? "503 Service Unavailable" : "404 Not Found"}\r\nConnection: close\r\n\r\n`);
        return;
      }
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${tunnelProtocol}\r\n\r\n`);
      waiting.add(socket);
      socket.once("close", () => waiting.delete(socket));
    },
    close() {
      for (const socket of waiting) socket.destroy();
    },
  };
}
