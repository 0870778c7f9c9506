/**
 * Where no mounts can be made: lets the file functions find the container's fixed paths where they are on this machine. The longest fitting path decides.
 * Self-contained: see ../preload.ts.
 */
export function patchFiles(paths: readonly { readonly target: string; readonly source: string }[], hostname: string): void {
  const fs = process.getBuiltinModule("node:fs");
  const os = process.getBuiltinModule("node:os");
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  type Direction = { readonly from: string; readonly to: string };
  const sortByLength = (list: readonly Direction[]): readonly Direction[] => list.toSorted((left, right) => right.from.length - left.from.length);
  const inward = sortByLength(paths.map(({ target, source }) => ({ from: target, to: source })));
  const outward = sortByLength(paths.map(({ target, source }) => ({ from: source, to: target })));
  const translate = (list: readonly Direction[], path: string): string => {
    const found = list.find(({ from }) => path === from || path.startsWith(`${from}/`));
    return found === undefined ? path : found.to + path.slice(found.from.length);
  };
  const enter = (value: unknown): unknown => {
    if (typeof value === "string") return translate(inward, value);
    if (value instanceof URL && value.protocol === "file:") return translate(inward, fileURLToPath(value));
    return Buffer.isBuffer(value) ? Buffer.from(translate(inward, value.toString("latin1")), "latin1") : value;
  };
  const leave = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(leave);
    // An entry of a folder knows where it lies.
    if (value instanceof fs.Dirent) return Object.assign(value, { parentPath: leave(value.parentPath) });
    // One byte a character: names need not be UTF-8.
    if (Buffer.isBuffer(value)) return Buffer.from(translate(outward, value.toString("latin1")), "latin1");
    return typeof value === "string" ? translate(outward, value) : value;
  };

  const one =
    "access appendFile chmod chown createReadStream createWriteStream exists lchown lstat lutimes mkdir mkdtemp open openAsBlob opendir readdir readFile readlink realpath rm rmdir stat statfs truncate unlink unwatchFile utimes watch watchFile writeFile";
  const two = "copyFile cp link rename symlink";
  const returning = ["mkdtemp", "readdir", "readlink", "realpath"];
  const wrap = (owner: object, name: string, count: number): void => {
    const native: unknown = Reflect.get(owner, name);
    if (typeof native !== "function") return;
    const isReturning = returning.some((known) => name === known || name === `${known}Sync`);
    const wrapped = function (this: unknown, ...args: readonly unknown[]): unknown {
      const entered = args.map((value, index) => (index < count ? enter(value) : value));
      const callback = entered.at(-1);
      if (isReturning && typeof callback === "function") entered[entered.length - 1] = (error: unknown, value: unknown) => callback(error, leave(value));
      const result: unknown = Reflect.apply(native, this, entered);
      if (!isReturning) return result;
      return result instanceof Promise ? result.then(leave) : leave(result);
    };
    Reflect.set(owner, name, Object.assign(wrapped, native));
  };
  for (const owner of [fs, fs.promises])
    for (const [names, count] of [[one, 1] as const, [two, 2] as const])
      for (const name of names.split(" ")) {
        wrap(owner, name, count);
        wrap(owner, `${name}Sync`, count);
      }
  // Entries say which folder they are from; both classes take it from the path that was really opened.
  const setParent = function (this: object, path: unknown): void {
    Object.defineProperty(this, "parentPath", { value: leave(path), writable: true, enumerable: true, configurable: true });
  };
  Object.defineProperty(fs.Dirent.prototype, "parentPath", { set: setParent, configurable: true });
  const getPath: unknown = Reflect.get(Object.getOwnPropertyDescriptor(fs.Dir.prototype, "path") ?? {}, "get");
  const getLeaving = function (this: unknown): unknown {
    return typeof getPath === "function" ? leave(Reflect.apply(getPath, this, [])) : undefined;
  };
  Object.defineProperty(fs.Dir.prototype, "path", { get: getLeaving, configurable: true });
  Object.assign(os, { hostname: () => hostname });
}
