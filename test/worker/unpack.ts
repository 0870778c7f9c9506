import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";

/** Names and contents of a .tar.gz, read by tar-stream itself so that our own reader is not its own judge. */
export async function unpack(archive: Buffer): Promise<{ readonly [name: string]: string }> {
  const files: { [name: string]: string } = {};
  const entries = extract();
  entries.end(gunzipSync(archive));
  for await (const entry of entries) {
    const content = await buffer(entry);
    if (entry.header.type === "file") files[entry.header.name] = content.toString();
  }
  return files;
}
