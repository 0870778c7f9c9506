import type { Socket } from "node:net";
import type { Control, PreloadSettings } from "./settings.ts";

/** Lets sockets that are to go out of the pod be connected by the network; loopback stays the kernel's where it can. Self-contained: see ../preload.ts. */
export function patchConnect(settings: PreloadSettings, control: Control): void {
  const net = process.getBuiltinModule("node:net");
  const tls = process.getBuiltinModule("node:tls");
  const dns = process.getBuiltinModule("node:dns");
  const { constants } = process.getBuiltinModule("node:os");
  const nativeConnect = Reflect.get(net.Socket.prototype, "connect");
  const nativeTlsConnect = tls.connect;
  /** Stands for a path that is not known yet: a TLS socket chooses the kind of its handle when it is made. */
  const laterPath = "\0pod-network";

  type Options = {
    readonly host?: string;
    readonly port?: number | string;
    readonly path?: string | null;
    readonly lookup?: unknown;
    readonly socket?: unknown;
  };
  const normalize = (args: readonly unknown[]): [Options, unknown] => {
    const normalized: unknown = Array.isArray(args[0]) ? args[0] : Reflect.apply(Reflect.get(net, "_normalizeArgs"), net, [args]);
    return Array.isArray(normalized) ? [normalized[0], normalized[1]] : [{}, undefined];
  };
  const isNative = (host: string): boolean =>
    settings.isLoopbackNative &&
    (host === settings.address || host === "::1" || host === "::" || host === "0.0.0.0" || host === "localhost" || /^(?:::ffff:)?127\./.test(host));
  const hostOf = ({ host }: Options): string => (host === undefined || host === "" || host === "0.0.0.0" || host === "::" ? "localhost" : host);
  const family = (address: string): string => (address.includes(":") ? "IPv6" : "IPv4");

  const resolve = (socket: Socket, host: string, { lookup }: Options): Promise<string> =>
    new Promise((found, fail) => {
      if (net.isIP(host) > 0) return found(host);
      // Without namespaces there is but one loopback, and it is the network's.
      if (host === "localhost") return found("127.0.0.1");
      const use = typeof lookup === "function" ? lookup : dns.lookup;
      Reflect.apply(use, dns, [
        host,
        { family: 4, hints: 0, all: false },
        (error: Error | null, address: unknown) => {
          const first = Array.isArray(address) ? address[0]?.address : address;
          socket.emit("lookup", error, first, 4, host);
          if (error) fail(error);
          else found(String(first));
        },
      ]);
    });
  const refuse = (code: string, address: string, port: number): Error =>
    Object.assign(new Error(`connect ${code} ${address}:${port}`), {
      errno: -(Reflect.get(constants.errno, code) ?? 113),
      code,
      syscall: "connect",
      address,
      port,
    });

  const begin = async (socket: Socket, options: Options, callback: unknown): Promise<void> => {
    const host = hostOf(options);
    const port = Number(options.port);
    const address = await resolve(socket, host, options);
    if (socket.destroyed) return;
    const { path, error, local, remote } = await control.ask({ do: "connect", host: address, port });
    if (path === undefined) throw refuse(error ?? "EHOSTUNREACH", address, port);
    if (socket.destroyed) return control.tell({ do: "refuse", path });
    socket.prependOnceListener("connect", () => {
      Object.assign(socket, {
        _peername: { address, port: remote?.port ?? port, family: family(address) },
        _sockname: { ...local, family: family(settings.address) },
      });
    });
    Reflect.apply(nativeConnect, socket, [{ ...options, path: `${settings.folder}/${path}` }, ...(typeof callback === "function" ? [callback] : [])]);
  };

  const connect = function (this: Socket, ...args: readonly unknown[]): Socket {
    const [options, callback] = normalize(args);
    const isOurs = options.path === laterPath || (!options.path && options.port !== undefined && !isNative(hostOf(options)));
    if (!isOurs || Number.isNaN(Number(options.port)) || Number(options.port) > 65_535) return Reflect.apply(nativeConnect, this, args);
    if (this.destroyed) Reflect.apply(Reflect.get(this, "_undestroy"), this, []);
    Object.assign(this, { connecting: true });
    begin(this, options, callback).catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
    return this;
  };
  const connectTls = (...args: readonly unknown[]): unknown => {
    const [normalized, callback] = normalize(args);
    const more = [args[1], args[2]].find((value) => typeof value === "object" && value !== null);
    const options: Options = { ...normalized, ...more };
    if (options.socket || options.path || isNative(hostOf(options))) return Reflect.apply(nativeTlsConnect, tls, args);
    return Reflect.apply(nativeTlsConnect, tls, [{ ...options, path: laterPath }, ...(typeof callback === "function" ? [callback] : [])]);
  };

  // A pipe has no address of its own; Node asks the handle, so the answer is kept on the socket.
  const nativeName = Reflect.get(net.Socket.prototype, "_getsockname");
  Object.assign(net.Socket.prototype, {
    connect,
    _getsockname(this: Socket): unknown {
      const handle = Reflect.get(this, "_handle");
      return handle?.getsockname === undefined ? (Reflect.get(this, "_sockname") ?? {}) : Reflect.apply(nativeName, this, []);
    },
  });
  Object.assign(tls, { connect: connectTls });
}
