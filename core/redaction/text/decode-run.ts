import { gunzipSync, gzipSync } from "node:zlib";

/** What a run of letters and digits stands for, and how it is written anew. */
export type Decoded = { readonly plain: Buffer; readonly encode: (clean: Buffer) => string };

/** A run of base64 or hexadecimal digits as the text or the gzip that it stands for; undefined where it is neither. */
export function decodeRun(run: string): Decoded | undefined {
  if (isHex(run)) {
    const isUpper = /[A-F]/.test(run);
    return { plain: Buffer.from(run, "hex"), encode: (clean) => (isUpper ? clean.toString("hex").toUpperCase() : clean.toString("hex")) };
  }
  const start = Buffer.from(run.slice(0, 24), "base64").subarray(0, 16);
  if (isWide(start)) return decodeWide(run);
  if (!isTextLike(start)) return undefined;
  const content = Buffer.from(run, "base64");
  const isPacked = content[0] === 0x1f && content[1] === 0x8b;
  const plain = isPacked ? unpack(content) : content;
  return plain === undefined ? undefined : { plain, encode: (clean) => encodeBase64(isPacked ? gzipSync(clean) : clean, run) };
}

/** Digits of which each pair stands for a printable character. */
const isHex = (run: string): boolean => run.length % 2 === 0 && /^(?:[2-7][0-9a-f]|0[9ad]){16,100000}$/i.test(run);

/** Whether it begins as UTF-16 of letters and digits does, as PowerShell takes a command. */
const isWide = (start: Uint8Array): boolean => start.length === 16 && start.every((byte, at) => (at % 2 === 1 ? byte === 0 : byte >= 9 && byte < 127));

function decodeWide(run: string): Decoded {
  const plain = Buffer.from(Buffer.from(run, "base64").toString("utf16le"));
  return { plain, encode: (clean) => encodeBase64(Buffer.from(clean.toString(), "utf16le"), run) };
}

const longestUnpacked = 32 * 1024 * 1024;

/** What is broken or unpacks to too much is no text that could be read. */
function unpack(content: Buffer): Buffer | undefined {
  try {
    return gunzipSync(content, { maxOutputLength: longestUnpacked });
  } catch {
    return undefined;
  }
}

/** In the alphabet and the lines of the run that it replaces. */
function encodeBase64(content: Buffer, run: string): string {
  const text = content.toString(/[-_]/.test(run) ? "base64url" : "base64");
  const width = run.indexOf("\n");
  return width === -1 ? text : (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join("\n");
}

/** Printable, as the start of what holds a secret is; or gzip. */
function isTextLike(start: Uint8Array): boolean {
  if (start[0] === 0x1f && start[1] === 0x8b && start[2] === 8) return true;
  return start.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13 || byte >= 0x80);
}
