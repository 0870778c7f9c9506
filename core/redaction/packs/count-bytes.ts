/** How many bytes there are; "busy" each time that so much has been read that whoever waits should hear of it. */
export async function* countBytes(chunks: AsyncIterable<Buffer>): AsyncGenerator<"busy", number> {
  let [size, told] = [0, 0];
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size - told < busyBytes) continue;
    told = size;
    yield "busy";
  }
  return size;
}

/** Some seconds' work for who gets a tenth of a processor. */
const busyBytes = 16 * 1024 * 1024;
