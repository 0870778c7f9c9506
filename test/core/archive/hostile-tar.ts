import type { Random } from "../../faults/random/random.ts";
import { drawText } from "../../hostile-text.ts";
import { patchHeader } from "./tar.ts";

/** A tar of a few entries, most of them with something wrong; every header has the right checksum, so that the parser goes on. */
export function drawTar(random: Random): Buffer {
  const entries = Array.from({ length: 1 + random.below(4) }, () => drawEntry(random));
  const parts = random.below(6) === 0 ? [...entries, ...entries] : entries;
  const tar = Buffer.concat([
    ...(random.below(3) === 0 ? [] : [plainEntry("first", "1")]),
    ...parts,
    Buffer.alloc(random.pick([0, 512, 1024, 1024, 1024, 4096])),
  ]);
  if (random.below(8) === 0) return tar.subarray(0, random.below(tar.length + 1));
  if (random.below(16) === 0) tar[random.below(tar.length)] = random.below(256);
  return tar;
}

/** A file without anything wrong. */
export const plainEntry = (name: string, content: string): Buffer => Buffer.concat([buildHeader({ name, size: content.length }), padded(Buffer.from(content))]);

function drawEntry(random: Random): Buffer {
  const way = random.below(10);
  if (way < 3) return plainEntry(random.pick(["a", "b", "a/b", "dir/ü", "first", "first/below", "a~2"]), "x".repeat(random.pick([0, 1, 511, 512, 513, 2000])));
  if (way < 5) return Buffer.concat([drawPax(random), plainEntry("after-pax", "after")]);
  if (way < 6) return Buffer.concat([longName(random), plainEntry("after-long", "long")]);
  const name = Buffer.from(drawText(random).replaceAll("\0", "")).subarray(0, 100);
  const content = Buffer.alloc(random.pick([0, 5, 600]), "c");
  const header = buildHeader({ name, size: content.length, type: random.pick(types), linkName: random.pick(["", "/etc/passwd", "../../asdic-evil", "first"]) });
  if (way < 8) return Buffer.concat([header, padded(content)]);
  const [offset, value] = random.pick<readonly [number, string | Buffer]>([
    [124, random.pick(sizes)],
    [136, random.pick(sizes)],
    [345, Buffer.from(drawText(random)).subarray(0, 155)],
    [257, random.pick(["ustar  \0", "\0\0\0\0\0\0\0\0", "ustar\x0000", "tar\0"])],
    [random.below(512), Buffer.from([random.below(256), random.below(256)]).subarray(0, 1)],
  ]);
  return Buffer.concat([patchHeader(header, offset, value), padded(content)]);
}

const types = ["0", "\0", "1", "2", "3", "4", "5", "6", "7", "D", "K", "L", "M", "N", "S", "V", "X", "g", "x", "z", "\u00ff"] as const;

/** Of twelve bytes: octal, base 256 and what is neither. */
const sizes: readonly Buffer[] = [
  Buffer.from("77777777777 "),
  Buffer.from("00000000011 "),
  Buffer.from("           8"),
  Buffer.from("-0000000001 "),
  Buffer.from("zzzzzzzzzzzz"),
  Buffer.alloc(12),
  Buffer.from("80ffffffffffffffffffffff", "hex"),
  Buffer.from("8000000000000000ffffffff", "hex"),
  Buffer.from("800000000000000000000200", "hex"),
  Buffer.from("ffffffffffffffffffffffff", "hex"),
  Buffer.from("fffffffffffffffffffffdff", "hex"),
  Buffer.from("ff0000000000000000000000", "hex"),
];

function drawPax(random: Random): Buffer {
  const records = Array.from({ length: 1 + random.below(4) }, () => {
    const key = random.pick([
      "path",
      "path",
      "size",
      "linkpath",
      "mtime",
      "GNU.sparse.major",
      "GNU.sparse.map",
      "hdrcharset",
      "__proto__",
      "",
      drawText(random),
    ]);
    const value = random.pick([drawText(random), drawText(random), "5", "-5", "1e9", "NaN", "9".repeat(30), "0"]);
    const rest = ` ${key}=${value}${random.below(10) === 0 ? "" : "\n"}`;
    const bytes = Buffer.byteLength(rest);
    const length = bytes + String(bytes + String(bytes).length).length;
    return `${random.below(6) === 0 ? random.pick([0, -1, -length, length - 1, length + 1, 1e9, "x"]) : length}${rest}`;
  });
  const content = Buffer.from(records.join(""));
  return Buffer.concat([buildHeader({ name: "pax", size: content.length, type: random.pick(["x", "x", "x", "g"]) }), padded(content)]);
}

function longName(random: Random): Buffer {
  const content = Buffer.from(`${drawText(random)}${random.pick(["", "\0", "\0\0rest"])}`);
  return Buffer.concat([buildHeader({ name: "././@LongLink", size: content.length, type: random.pick(["L", "L", "K", "N"]) }), padded(content)]);
}

type Header = { readonly name: string | Buffer; readonly size: number; readonly type?: string; readonly linkName?: string };

function buildHeader({ name, size, type = "0", linkName = "" }: Header): Buffer {
  const block = Buffer.alloc(512);
  Buffer.from(name).copy(block, 0);
  block.write(`000644 \u0000000000 \u0000000000 \0${size.toString(8).padStart(11, "0")} 00000000000 `, 100, "latin1");
  block.write(linkName, 157);
  block.write("ustar\u000000", 257, "latin1");
  return patchHeader(block, 156, Buffer.from(type, "latin1"));
}

const padded = (content: Buffer): Buffer => Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
