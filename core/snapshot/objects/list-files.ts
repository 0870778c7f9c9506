import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { SnapshotWriter } from "../snapshot-writer.ts";

/** The files of one kind: a List for each namespace, or one for what has none (namespace ""). */
export type ListFiles = {
  /** False when the namespace's file is closed already, because objects came in no order and too many for memory. */
  add(namespace: string, object: Buffer): Promise<boolean>;
  /** Ends all files, each a whole List whatever came before. */
  end(): Promise<void>;
};

/** Up to 4 MiB wait in memory, so that small lists may come in any order; a larger file is written while its objects come. */
export function createListFiles(writer: SnapshotWriter, pathOf: (namespace: string) => string): ListFiles {
  const waiting = new Map<string, { size: number; readonly objects: Buffer[] }>();
  const closed = new Set<string>();
  let held = 0;
  let growing: GrowingFile | undefined;

  const putWaiting = async (except?: string): Promise<void> => {
    for (const [namespace, { size, objects }] of waiting) {
      if (namespace === except) continue;
      waiting.delete(namespace);
      closed.add(namespace);
      held -= size;
      await writer.put(pathOf(namespace), Buffer.concat([head, ...separate(objects, true), foot]));
    }
  };
  const endGrowing = async (): Promise<void> => {
    await growing?.end();
    growing = undefined;
  };
  return {
    add: async (namespace, object) => {
      if (growing?.namespace === namespace) {
        await growing.write(separate([object], false));
        return true;
      }
      if (closed.has(namespace)) return false;
      await endGrowing();
      const file = waiting.get(namespace) ?? { size: 0, objects: [] };
      waiting.set(namespace, file);
      file.objects.push(object);
      file.size += object.length;
      held += object.length;
      if (held <= maxHeldBytes) return true;
      await putWaiting(namespace);
      if (file.size <= maxHeldBytes / 2) return true;
      waiting.delete(namespace);
      closed.add(namespace);
      held -= file.size;
      growing = startGrowing(writer, pathOf(namespace), namespace);
      await growing.write([head, ...separate(file.objects, true)]);
      return true;
    },
    end: async () => {
      await endGrowing();
      await putWaiting();
    },
  };
}

const maxHeldBytes = 4 * 1024 * 1024;
const head = Buffer.from(`{"apiVersion":"v1","kind":"List","items":[`);
const foot = Buffer.from("]}\n");
const separator = Buffer.from(",\n");

const separate = (objects: readonly Buffer[], isFirst: boolean): readonly Buffer[] => objects.flatMap((object) => [separator, object]).slice(isFirst ? 1 : 0);

type GrowingFile = { readonly namespace: string; write(pieces: readonly Buffer[]): Promise<void>; end(): Promise<void> };

function startGrowing(writer: SnapshotWriter, path: string, namespace: string): GrowingFile {
  const body = new PassThrough({ highWaterMark: 1024 * 1024 });
  const writing = writer.put(path, body);
  // Whoever writes next learns of it; until then nobody listens.
  writing.catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))));
  body.on("error", () => undefined);
  return {
    namespace,
    write: async (pieces) => {
      if (body.destroyed) await writing;
      if (!body.write(Buffer.concat(pieces))) await Promise.race([once(body, "drain"), writing]);
    },
    end: async () => {
      body.end(foot);
      await writing;
    },
  };
}
