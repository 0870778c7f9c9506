import type { Server } from "node:net";
import type { Control, Incoming, PreloadSettings } from "./settings.ts";

/** Tells the network of what listens, and brings in who comes. Self-contained: see ../preload.ts. */
export function patchListen(settings: PreloadSettings, control: Control): void {
  const net = process.getBuiltinModule("node:net");
  const { constants } = process.getBuiltinModule("node:os");
  const [nativeListen, nativeClose, nativeAddress] = ["listen", "close", "address"].map((name) => Reflect.get(net.Server.prototype, name));
  const servers = new Map<number, Server>();
  const addresses = new WeakMap<Server, { readonly address: string; readonly family: string; readonly port: number }>();
  let lastListener = 0;

  type Options = { readonly host?: string; readonly port?: number | string; readonly path?: string; readonly fd?: number; readonly signal?: AbortSignal };
  const normalize = (args: readonly unknown[]): [Options, unknown] => {
    const normalized: unknown = Reflect.apply(Reflect.get(net, "_normalizeArgs"), net, [args]);
    return Array.isArray(normalized) ? [normalized[0], normalized[1]] : [{}, undefined];
  };
  const family = (address: string): string => (address.includes(":") ? "IPv6" : "IPv4");
  const announce = async (server: Server, host: string, port: number): Promise<{ readonly port: number } | { readonly code: string }> => {
    const listener = ++lastListener;
    servers.set(listener, server);
    const { port: given, error } = await control.ask({ do: "listen", listener, host, port });
    if (given !== undefined) return { port: given };
    servers.delete(listener);
    return { code: error ?? "EADDRINUSE" };
  };

  /** The kernel listens, in the pod's own namespace; the network learns of it. */
  const listenBeside = (server: Server): void => {
    server.prependOnceListener("listening", () => {
      const own = server.address();
      if (typeof own === "object" && own !== null) void announce(server, own.address, own.port);
    });
  };
  /** Only the network listens; an unused socket beside it makes the server one that listens. */
  const listenInstead = async (server: Server, { host = "::", port = 0, signal }: Options): Promise<void> => {
    const address = host === "localhost" ? "127.0.0.1" : host;
    const answer = await announce(server, address, Number(port));
    if ("code" in answer) {
      const { code } = answer;
      const text = `listen ${code}: address already in use ${address}:${port}`;
      server.emit(
        "error",
        Object.assign(new Error(text), { code, errno: -(Reflect.get(constants.errno, code) ?? 98), syscall: "listen", address, port: Number(port) }),
      );
      return;
    }
    addresses.set(server, { address, family: family(address), port: answer.port });
    Reflect.apply(nativeListen, server, [{ path: `${settings.folder}/l${process.pid}-${++lastListener}`, ...(signal === undefined ? {} : { signal }) }]);
  };
  const listen = function (this: Server, ...args: readonly unknown[]): Server {
    const [options, callback] = normalize(args);
    const [first] = args;
    const hasOtherWay =
      options.path !== undefined || options.fd !== undefined || (typeof first === "object" && first !== null && ("_handle" in first || "fd" in first));
    if (!hasOtherWay && !settings.isLoopbackNative) {
      if (typeof callback === "function") this.once("listening", () => Reflect.apply(callback, this, []));
      void listenInstead(this, options);
      return this;
    }
    if (!hasOtherWay) listenBeside(this);
    return Reflect.apply(nativeListen, this, args);
  };

  const enter = ({ listener, path, local, remote }: Incoming): void => {
    const server = servers.get(listener);
    const count = server === undefined ? 0 : Number(Reflect.get(server, "_connections"));
    if (server === undefined || !server.listening || (server.maxConnections > 0 && count >= server.maxConnections)) return control.tell({ do: "refuse", path });
    const socket = new net.Socket({ allowHalfOpen: Reflect.get(server, "allowHalfOpen") === true });
    const fail = (): void => control.tell({ do: "refuse", path });
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.off("error", fail);
      Object.assign(socket, {
        server,
        _server: server,
        _peername: { ...remote, family: family(remote.address) },
        _sockname: { ...local, family: family(local.address) },
      });
      Object.assign(server, { _connections: Number(Reflect.get(server, "_connections")) + 1 });
      if (Reflect.get(server, "pauseOnConnect") === true) socket.pause();
      server.emit("connection", socket);
    });
    control.connectTo(socket, `${settings.folder}/${path}`);
  };
  control.onIncoming(enter);
  Object.assign(net.Server.prototype, {
    listen,
    close(this: Server, ...args: readonly unknown[]): Server {
      for (const [listener, server] of servers) {
        if (server !== this) continue;
        servers.delete(listener);
        control.tell({ do: "unlisten", listener });
      }
      return Reflect.apply(nativeClose, this, args);
    },
    address(this: Server): unknown {
      return addresses.get(this) ?? Reflect.apply(nativeAddress, this, []);
    },
  });
}
