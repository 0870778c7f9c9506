/** A regular file's place in a tar: `name` is safe and relative, `size` in bytes. */
export type TarHeader = { readonly name: string; readonly size: number; readonly modifiedAt: Date };

export const tarBlock = 512;

/**
 * The blocks in front of a file's content: one of ustar, and before it two or more of pax where the name is not plain ASCII that fits into ustar. Sizes
 * above 8 GiB stand in ustar's block as a binary number, which every reader of today takes.
 */
export function renderTarHeader({ name, size, modifiedAt }: TarHeader): Buffer {
  const seconds = Math.max(0, Math.floor(modifiedAt.getTime() / 1000));
  const place = placeInUstar(name);
  const isPlain = place !== undefined && Buffer.byteLength(name) === name.length;
  const header = renderBlock({ ...(place ?? { prefix: "", name: cut(name, 100) }), size, seconds, type: "0" });
  if (isPlain) return header;
  const record = Buffer.from(renderPaxRecord("path", name));
  const pax = renderBlock({ prefix: "", name: "PaxHeader", size: record.length, seconds, type: "x" });
  return Buffer.concat([pax, record, tarPadding(record.length), header]);
}

/** The zeros behind a content of `size` bytes, up to the end of its block. */
export const tarPadding = (size: number): Buffer => zeros.subarray(0, (tarBlock - (size % tarBlock)) % tarBlock);

const zeros = Buffer.alloc(tarBlock);

/** Also for names that pax repeats: some readers know no pax. */
function placeInUstar(name: string): { readonly prefix: string; readonly name: string } | undefined {
  if (Buffer.byteLength(name) <= 100) return { prefix: "", name };
  for (let slash = name.indexOf("/"); slash !== -1; slash = name.indexOf("/", slash + 1)) {
    const [prefix, rest] = [name.slice(0, slash), name.slice(slash + 1)];
    if (Buffer.byteLength(prefix) > 155) return undefined;
    if (Buffer.byteLength(rest) <= 100) return { prefix, name: rest };
  }
  return undefined;
}

const cut = (name: string, bytes: number): string =>
  Buffer.from(name)
    .subarray(0, bytes)
    .toString("latin1")
    .replaceAll(/[^ -~]/g, "_");

/** "LENGTH KEY=VALUE\n", where the length counts itself. */
function renderPaxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return `${bytes + digits}${rest}`;
}

type Block = { readonly prefix: string; readonly name: string; readonly size: number; readonly seconds: number; readonly type: "0" | "x" };

function renderBlock({ prefix, name, size, seconds, type }: Block): Buffer {
  const block = Buffer.alloc(tarBlock);
  block.write(name, 0);
  block.write("000644 \u0000000000 \u0000000000 \0", 100, "latin1");
  writeSize(block, size);
  block.write(`${seconds.toString(8).padStart(11, "0")} `, 136, "latin1");
  block.write(`        ${type}`, 148, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  block.write("000000 \u0000000000 \0", 329, "latin1");
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")} \0`, 148, "latin1");
  return block;
}

function writeSize(block: Buffer, size: number): void {
  if (size < 8 ** 11) {
    block.write(`${size.toString(8).padStart(11, "0")} `, 124, "latin1");
    return;
  }
  block[124] = 0x80;
  block.writeBigUInt64BE(BigInt(size), 128);
}
