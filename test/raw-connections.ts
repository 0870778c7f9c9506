import type { Socket } from "node:net";

/** Bytes of a request as they go over the wire. */
export type RawRequest = {
  readonly bytes: Buffer;
  readonly isHead: boolean;
  /** Whether exactly one answer is to come, and the connection may be used again. */
  readonly isSound: boolean;
  /** What is done once the bytes are written, where it isn't sound: the sender's half is closed, or everything. */
  readonly ending: "end" | "destroy";
};

/** Connections to a server that are used again after requests which leave them whole. */
export type RawConnections = {
  /** Sends a request and waits for its answer; status 0 where the connection closes without one. */
  readonly send: (request: RawRequest) => Promise<{ readonly status: number; readonly text: string }>;
  readonly opened: () => number;
  readonly close: () => void;
};

/** `dial` makes one that is connected. */
export function openRawConnections(dial: () => Promise<Socket>): RawConnections {
  const idle: Socket[] = [];
  let opened = 0;
  const take = async (): Promise<Socket> => {
    for (let socket = idle.pop(); socket !== undefined; socket = idle.pop()) if (socket.writable && socket.readable && !socket.readableEnded) return socket;
    opened++;
    const socket = await dial();
    return socket.on("error", () => undefined);
  };
  return {
    async send(request) {
      const socket = await take();
      const answer = readAnswer(socket, request.isHead);
      socket.write(request.bytes);
      if (!request.isSound && request.ending === "end") socket.end();
      if (!request.isSound && request.ending === "destroy") socket.write("", () => socket.destroy());
      const { isOpen, ...said } = await answer;
      if (request.isSound && isOpen) idle.push(socket);
      else if (!request.isSound || !socket.closed) await closed(socket);
      return said;
    },
    opened: () => opened,
    close: () => {
      for (const socket of idle) socket.destroy();
    },
  };
}

type Answer = { readonly status: number; readonly text: string; readonly isOpen: boolean };

function readAnswer(socket: Socket, isHead: boolean): Promise<Answer> {
  return new Promise((resolve) => {
    let text = "";
    const settle = (answer: Answer): void => {
      socket.off("data", take).off("close", giveUp);
      socket.resume();
      resolve(answer);
    };
    const take = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
      if (text.startsWith("HTTP/1.1 100 Continue\r\n\r\n")) text = text.slice("HTTP/1.1 100 Continue\r\n\r\n".length);
      const end = text.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = isHead ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      settle({ status: Number(text.slice(9, 12)), text: text.slice(end + 4), isOpen: !/\r\nconnection: close/i.test(text.slice(0, end)) });
    };
    const giveUp = (): void => settle({ status: 0, text, isOpen: false });
    socket.on("data", take).once("close", giveUp);
    if (socket.closed) giveUp();
  });
}

async function closed(socket: Socket): Promise<void> {
  // The server may wait a moment for the rest of a body that it has refused.
  socket.end();
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
}
