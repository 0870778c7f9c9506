import { crc32, deflateRawSync } from "node:zlib";

/** A zip of these files, compressed; without times, so that the same files give the same bytes. */
export function renderZip(files: readonly { readonly name: string; readonly content: Buffer }[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const facts = renderFacts({ crc: crc32(content), packed: packed.length, size: content.length, title: title.length });
    const local = Buffer.concat([mark(0x04034b50), facts, title, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([mark(0x02014b50), Buffer.from([20, 0]), facts, place, title]));
    bodies.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, entries, end]);
}

type Facts = { readonly crc: number; readonly packed: number; readonly size: number; readonly title: number };

/** What header and directory say alike: names in UTF-8, deflate, a day in 1980, checksum, sizes. */
function renderFacts({ crc, packed, size, title }: Facts): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(0x0800, 2);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt16LE(0x21, 8);
  facts.writeUInt32LE(crc, 10);
  facts.writeUInt32LE(packed, 14);
  facts.writeUInt32LE(size, 18);
  facts.writeUInt16LE(title, 22);
  return facts;
}

function mark(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
