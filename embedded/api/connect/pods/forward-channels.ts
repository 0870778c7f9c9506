import { PassThrough } from "node:stream";
import type { WebSocket } from "ws";
import { buildMessage, createChannel, createInput, parseMessage } from "../streams/channels.ts";
import type { ForwardPlace } from "./forward-port.ts";
import { forwardPort } from "./forward-port.ts";
import { closeWebSocket } from "../streams/open-web-socket.ts";

/** Forwards each port over two channels of a socket, data and error, which both begin with the port's number (16 bits, little endian); ends when all ports have ended. */
export async function forwardChannels(socket: WebSocket, { ports, ...place }: ForwardPlace & { readonly ports: readonly number[] }): Promise<void> {
  const inputs = ports.map(() => new PassThrough());
  const input = createInput(socket);
  socket.on("message", (data) => {
    const message = parseMessage(data);
    const target = message === undefined || message.channel % 2 === 1 ? undefined : inputs[message.channel / 2];
    if (message !== undefined && target !== undefined) input(target, message.content);
  });
  socket.once("close", () => inputs.forEach((one) => one.destroy()));
  for (const [index, port] of ports.entries()) for (const channel of [2 * index, 2 * index + 1]) socket.send(buildMessage(channel, portBytes(port)));
  await Promise.all(
    inputs.map(async (one, index) => {
      const problem = await forwardPort(place, { port: ports[index] ?? 0, input: one, output: createChannel(socket, 2 * index) });
      if (problem !== undefined) socket.send(buildMessage(2 * index + 1, problem), () => undefined);
      one.destroy();
    }),
  );
  await closeWebSocket(socket);
}

function portBytes(port: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(port);
  return bytes;
}
