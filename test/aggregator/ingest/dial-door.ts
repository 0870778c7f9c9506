import { once } from "node:events";
import type { Socket } from "node:net";
import { connect, createSecureContext } from "node:tls";
import { serverName } from "../../../core/contract/names.ts";
import type { Door } from "./door.ts";

/** Makes connections to a door, each going on from the TLS session of one before. */
export function dialDoor({ port, ca }: Pick<Door, "port" | "ca">): () => Promise<Socket> {
  const secureContext = createSecureContext({ ca });
  let session: Buffer | undefined;
  return async () => {
    const socket = connect({ port, host: "127.0.0.1", secureContext, servername: serverName, ...(session && { session }) });
    socket.on("session", (made) => (session = made));
    await once(socket, "secureConnect");
    return socket;
  };
}
