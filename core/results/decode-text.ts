/**
 * The text of a byte stream in pieces: UTF-8 unless a byte order mark or an XML declaration says otherwise; bytes that make no character become U+FFFD.
 * Throws what the stream throws.
 */
export async function* decodeText(body: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  let start: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of body) {
      const chunk = typeof piece === "string" ? Buffer.from(piece) : piece;
      if (decoder) yield decoder.decode(chunk, { stream: true });
      else {
        start = Buffer.concat([start, chunk]);
        if (start.length < sniffedBytes) continue;
        decoder = chooseDecoder(start);
        yield decoder.decode(start, { stream: true });
      }
    }
  } catch (error) {
    // What came before the stream broke still counts.
    if (!decoder) yield chooseDecoder(start).decode(start);
    throw error;
  }
  yield decoder ? decoder.decode() : chooseDecoder(start).decode(start);
}

const sniffedBytes = 256;

/** @types/node knows the global as a value only. */
type Decoder = InstanceType<typeof TextDecoder>;

function chooseDecoder(start: Buffer): Decoder {
  const declared = /^<\?xml[^>]*\bencoding=["']([\w.:-]+)["']/.exec(start.toString("latin1", 0, sniffedBytes))?.[1];
  const marked = start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : undefined;
  const encoding = marked ?? declared ?? "utf-8";
  try {
    // What can be read as latin letters is no UTF-16, whatever it says.
    return new TextDecoder(!marked && /^(?:utf-?16|ucs-?2)/i.test(encoding) ? "utf-8" : encoding);
  } catch {
    return new TextDecoder();
  }
}
