import { makeCanaries } from "../redaction/canaries.ts";
import { createFiles } from "./snapshot-files.ts";
import type { SnapshotRedaction } from "./snapshot-redaction.ts";

/** How many canaries come out of each way into a snapshot's files: objects of a list, other files, and logs whose chunks end anywhere. Nothing is written. */
export async function probeFiles({ redactor }: SnapshotRedaction, randomBytes: (size: number) => Uint8Array): Promise<Readonly<Record<string, number>>> {
  const canaries = makeCanaries(randomBytes);
  const written = new Map<string, string>();
  const files = createFiles(
    {
      put: async (name, content) => {
        const chunks = Buffer.isBuffer(content) ? [content] : content;
        for await (const chunk of chunks) written.set(name, `${written.get(name) ?? ""}${chunk.toString("utf8")}`);
      },
    },
    { redactor, onFile: () => undefined },
  );
  const json = Buffer.from(JSON.stringify(canaries.object));
  const object = files.cleanObject("objects", json);
  await files.put("file.json", json);
  await files.put("log.txt", cutUp(Buffer.from(canaries.line)));
  return {
    objects: canaries.survivors(object?.text.toString("utf8") ?? ""),
    files: canaries.survivors(written.get("file.json") ?? ""),
    logs: canaries.survivors(written.get("log.txt") ?? ""),
  };
}

async function* cutUp(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += oddBytes) yield bytes.subarray(at, at + oddBytes);
}

const oddBytes = 37;
