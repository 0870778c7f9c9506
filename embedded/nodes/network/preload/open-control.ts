import type { Socket } from "node:net";
import type { Answer, Control, Incoming, PreloadSettings } from "./settings.ts";

/** Opens the process's line to the pod network. It keeps nothing alive but what waits for an answer; when the network is gone, so is the process. Self-contained: see ../preload.ts. */
export function openControl(settings: PreloadSettings): Control {
  const net = process.getBuiltinModule("node:net");
  const nativeConnect = Reflect.get(net.Socket.prototype, "connect");
  const waiting = new Map<number, (answer: Answer) => void>();
  const line = new net.Socket();
  let incoming: (incoming: Incoming) => void = () => undefined;
  let lastId = 0;
  let rest = "";

  const connectTo = (socket: Socket, path: string): void => void Reflect.apply(nativeConnect, socket, [{ path }]);
  const receive = (message: Incoming | (Answer & { readonly id: number; readonly listener?: undefined })): void => {
    if (message.listener !== undefined) return incoming(message);
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
    if (waiting.size === 0) line.unref();
  };
  line.setEncoding("utf8");
  line.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const one of lines) receive(JSON.parse(one));
  });
  line.on("error", () => undefined);
  line.on("close", () => process.exit(137));
  connectTo(line, settings.control);
  line.unref();

  const tell: Control["tell"] = (request) => void line.write(`${JSON.stringify(request)}\n`);
  return {
    tell,
    ask(request) {
      const id = ++lastId;
      line.ref();
      tell({ ...request, id });
      return new Promise((resolve) => void waiting.set(id, resolve));
    },
    onIncoming(listener) {
      incoming = listener;
    },
    connectTo,
  };
}
