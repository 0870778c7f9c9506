import { once } from "node:events";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import type { ControlMessage, ControlRequest, Peer } from "./control-message.ts";
import { parseControlRequest } from "./control-message.ts";
import { createNetworkError, readErrorCode } from "./network-error.ts";
import type { PodListener, PodListeners } from "./pod-listeners.ts";
import type { Offer } from "./rendezvous.ts";
import { offerConnection } from "./rendezvous.ts";

/** A way out that was found: who was reached, and how to bring the caller's own socket to it. */
export type OpenedWay = { readonly remote: Peer; readonly join: (caller: Socket) => void; readonly abandon: () => void };

type Options = {
  readonly folder: string;
  readonly address: string;
  readonly listeners: PodListeners;
  /** The kernel keeps the pod's ports; else they are kept here. */
  readonly isLoopbackNative: boolean;
  readonly open: (host: string, port: number) => Promise<OpenedWay>;
  readonly lookup: (name: string) => Promise<readonly string[]>;
};

/** File name of the control socket in the pod's folder of sockets. */
export const controlName = "control";

/** Answers the processes of one pod (see preload.ts); what a process opened ends with its connection. Returns what closes all of it. */
export async function startControlServer(options: Options): Promise<() => void> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.on("close", () => clients.delete(socket));
    serveClient(socket, options);
  });
  server.listen({ path: join(options.folder, controlName), readableAll: true, writableAll: true });
  await once(server, "listening");
  return () => {
    server.close();
    for (const socket of clients) socket.destroy();
  };
}

const longestLine = 16_384;

function serveClient(socket: Socket, options: Options): void {
  const client = createClient(socket, options);
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > longestLine) socket.destroy();
    for (const line of lines) {
      const request = parseControlRequest(line);
      if (request !== undefined) client.answer(request);
    }
  });
  socket.on("error", () => undefined);
  socket.on("close", () => client.close());
}

function createClient(socket: Socket, { folder, address, listeners, isLoopbackNative, open, lookup }: Options) {
  const offers = new Map<string, Offer>();
  const listening = new Map<number, PodListener>();
  const send = (message: ControlMessage): void => void (socket.writable && socket.write(`${JSON.stringify(message)}\n`));
  const offer = (): Offer => {
    const made = offerConnection(folder);
    offers.set(made.name, made);
    made.socket.catch(() => undefined).finally(() => offers.delete(made.name));
    return made;
  };

  const connect = async ({ id, host, port }: Extract<ControlRequest, { do: "connect" }>): Promise<void> => {
    const way = await open(host, port);
    const local = { address, port: listeners.takeFreePort() };
    const { name, socket: taken } = offer();
    send({ id, path: name, local, remote: way.remote });
    await taken.then(way.join, way.abandon);
  };
  const listen = ({ id, listener, host, port: wanted }: Extract<ControlRequest, { do: "listen" }>): void => {
    const port = wanted === 0 ? listeners.takeFreePort() : wanted;
    const added: PodListener = {
      host,
      port,
      accept(from) {
        const { name, socket: taken } = offer();
        send({ listener, path: name, local: { address, port }, remote: from });
        return taken.catch(() => Promise.reject(createNetworkError("ECONNREFUSED", { host: address, port })));
      },
    };
    if (!listeners.add(added) && !isLoopbackNative) return send({ id, error: "EADDRINUSE" });
    listening.set(listener, added);
    send({ id, port });
  };
  const unlisten = (listener: number): void => {
    const removed = listening.get(listener);
    if (removed !== undefined) listeners.remove(removed);
    listening.delete(listener);
  };
  const answerOrRefuse = (id: number, work: Promise<void>): void => void work.catch((error: unknown) => send({ id, error: readErrorCode(error) }));

  return {
    answer(request: ControlRequest): void {
      if (request.do === "connect") answerOrRefuse(request.id, connect(request));
      else if (request.do === "listen") listen(request);
      else if (request.do === "unlisten") unlisten(request.listener);
      else if (request.do === "refuse") offers.get(request.path)?.withdraw();
      else
        answerOrRefuse(
          request.id,
          lookup(request.name).then((addresses) => send({ id: request.id, addresses })),
        );
    },
    close(): void {
      for (const made of offers.values()) made.withdraw();
      for (const listener of listening.keys()) unlisten(listener);
    },
  };
}
