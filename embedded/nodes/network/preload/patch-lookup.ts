import type { LookupAddress, LookupOptions } from "node:dns";
import type { Control, PreloadSettings } from "./settings.ts";

/** Lets dns.lookup, which is what http, net, tls and fetch use, ask the cluster's DNS. Self-contained: see ../preload.ts. */
export function patchLookup(settings: PreloadSettings, control: Control): void {
  const dns = process.getBuiltinModule("node:dns");
  const { isIP } = process.getBuiltinModule("node:net");
  const { promisify } = process.getBuiltinModule("node:util");
  const nativeLookup = dns.lookup;
  const nativePromise = dns.promises.lookup;

  const isNative = (name: unknown): boolean => typeof name !== "string" || name === "" || isIP(name) > 0 || /^(?:.+\.)?localhost\.?$/i.test(name);
  const readOptions = (options: unknown): LookupOptions =>
    typeof options === "object" && options !== null ? options : typeof options === "number" ? { family: options } : {};
  const find = async (name: string, { family }: LookupOptions): Promise<readonly LookupAddress[]> => {
    const { addresses = [], error } = name === settings.hostname ? { addresses: [settings.address] } : await control.ask({ do: "lookup", name });
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const wanted = family === 6 || family === "IPv6" ? 6 : family === 4 || family === "IPv4" ? 4 : undefined;
    const fitting = found.filter((entry) => wanted === undefined || entry.family === wanted);
    if (fitting.length > 0) return fitting;
    const code = error ?? "ENOTFOUND";
    throw Object.assign(new Error(`getaddrinfo ${code} ${name}`), {
      errno: code === "ENOTFOUND" ? -3008 : -3001,
      code,
      syscall: "getaddrinfo",
      hostname: name,
    });
  };
  const lookup = (...args: readonly unknown[]): unknown => {
    const [name] = args;
    const callback = args.at(-1);
    if (typeof name !== "string" || isNative(name) || typeof callback !== "function") return Reflect.apply(nativeLookup, dns, args);
    const options = readOptions(args.length > 2 ? args[1] : undefined);
    find(name, options).then(
      // Out of the promise: what the callback throws is the program's own uncaught exception.
      (found) => process.nextTick(() => (options.all === true ? callback(null, found) : callback(null, found[0]?.address, found[0]?.family))),
      (error: unknown) => process.nextTick(callback, error),
    );
    return {};
  };
  const lookupPromise = async (name: unknown, given?: unknown): Promise<unknown> => {
    const options = readOptions(given);
    if (typeof name !== "string" || isNative(name)) return Reflect.apply(nativePromise, dns.promises, given === undefined ? [name] : [name, given]);
    const found = await find(name, options);
    return options.all === true ? found : found[0];
  };
  Object.defineProperty(lookup, promisify.custom, { value: lookupPromise });
  Object.assign(dns, { lookup });
  Object.assign(dns.promises, { lookup: lookupPromise });
}
