import { once } from "node:events";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { join } from "node:path";

/** A way for one process to make one connection to this one: a unix socket in a folder that both see. */
export type Offer = {
  /** Name of the socket in the folder. */
  readonly name: string;
  /** The connection; rejects when nobody has come in time or the offer was withdrawn. */
  readonly socket: Promise<Socket>;
  withdraw(): void;
};

/** Opens a unix socket for a single connection; its file is gone as soon as somebody has come, or after ten seconds. */
export function offerConnection(folder: string): Offer {
  const name = (next++).toString(36);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    server.close();
    clearTimeout(timer);
    socket.on("error", () => undefined);
    resolve(socket);
  });
  const withdraw = (): void => {
    server.close();
    clearTimeout(timer);
    reject(new Error("the connection was not taken up"));
  };
  const timer = setTimeout(withdraw, patienceMilliseconds);
  timer.unref();
  promise.catch(() => undefined);
  server.maxConnections = 1;
  server.on("error", withdraw);
  // Processes of a pod have users of their own; the folder around is what keeps others out.
  server.listen({ path: join(folder, name), readableAll: true, writableAll: true });
  return { name, socket: promise, withdraw };
}

/** Two ends of one connection inside this process, both real sockets; the far one may be half-closed, as a server's. */
export async function openPair(folder: string): Promise<readonly [Socket, Socket]> {
  const offer = offerConnection(folder);
  const near = connect({ path: join(folder, offer.name) });
  near.on("error", () => undefined);
  const [far] = await Promise.all([offer.socket, once(near, "connect")]);
  return [near, far];
}

const patienceMilliseconds = 10_000;
let next = 0;
