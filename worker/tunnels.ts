import type { Duplex } from "node:stream";

/** The ways to the aggregator that it has made itself, by a command in this container, and that nobody uses yet. */
export type Tunnels = {
  readonly isOffered: () => boolean;
  take(): Duplex | undefined;
  /** Closed at once where too many wait. */
  offer(socket: Duplex): void;
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
    offer(socket) {
      socket.on("error", () => socket.destroy());
      if (waiting.size >= mostWaiting) {
        socket.destroy();
        return;
      }
      waiting.add(socket);
      socket.once("close", () => waiting.delete(socket));
    },
    close() {
      for (const socket of waiting) socket.destroy();
    },
  };
}
