import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { after } from "node:test";

/** A server's side of one WebSocket: sends binary frames, ends. */
export type Peer = { send(channel: number, content: string | Buffer): void; sendText(text: string): void; close(): void; readonly raw: Duplex };

/** A real WebSocket server on loopback that speaks the exec protocol as a test wants; gives its port and the requests it saw. */
export async function startWebSocketServer(
  onOpen: (peer: Peer, request: IncomingMessage) => void,
): Promise<{ readonly address: string; readonly requests: readonly IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on("connection", (socket) => sockets.add(socket));
  server.on("upgrade", (request, socket) => {
    requests.push(request);
    socket.on("error", () => undefined);
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n`,
    );
    onOpen(
      {
        send: (channel, content) => socket.write(frame(2, Buffer.concat([Buffer.from([channel]), Buffer.from(content)]))),
        sendText: (text) => socket.write(frame(1, Buffer.from(text))),
        close: () => socket.end(frame(8, Buffer.from([0x03, 0xe8]))),
        raw: socket,
      },
      request,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** An unmasked frame (RFC 6455 §5.2). */
function frame(opcode: number, payload: Buffer): Buffer {
  const header = payload.length < 126 ? Buffer.from([0x80 | opcode, payload.length]) : Buffer.alloc(10);
  if (payload.length >= 126) {
    header.writeUInt8(0x80 | opcode, 0);
    header.writeUInt8(127, 1);
    header.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([header, payload]);
}
