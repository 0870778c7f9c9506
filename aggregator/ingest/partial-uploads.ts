import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { ExpectedResult } from "../state/expected-results.ts";

/** What is there of an upload: bytes, and the SHA-256 over them, still open for more. */
export type Part = { readonly path: string; readonly size: number; readonly hash: Hash };

/** What uploads that broke off have left in the spool, one a result, so that the next try goes on from there. */
export type PartialUploads = {
  /** Ends whoever still writes to a result's part, for its sender has gone, and gives what there is; size 0 where there is nothing. `next` writes from then on. */
  take(result: ExpectedResult, next?: Writer): Promise<Part>;
  /** The part stays for the next try, within the limits of space and age. */
  keep(result: ExpectedResult, part: Omit<Part, "path">): Promise<void>;
  /** There is no use for it any more. */
  drop(result: ExpectedResult): Promise<void>;
};

/** A request that writes a part until the promise is settled. */
type Writer = { readonly request: IncomingMessage; readonly writing: Promise<unknown> };

type Kept = { readonly size: number; readonly at: number; readonly hash?: Hash };

/** Who has not come back by then sends everything again. */
const longestMilliseconds = 60 * 60 * 1000;

/** The parts in a folder, those of an earlier life too; together at most so many bytes lie there waiting, the oldest go first. */
export function createPartialUploads(folder: string, maxBytes: number): PartialUploads {
  const writers = new Map<string, Writer>();
  const reading = readKept(folder);
  const pathOf = (name: string): string => join(folder, name);

  const prune = async (kept: Map<string, Kept>): Promise<void> => {
    let room = maxBytes;
    for (const [name, { size, at }] of [...kept].toReversed()) {
      room -= size;
      if (room >= 0 && Date.now() - at < longestMilliseconds) continue;
      kept.delete(name);
      await rm(pathOf(name), { force: true });
    }
  };
  const stopWriter = async (name: string, next?: Writer): Promise<void> => {
    const writer = writers.get(name);
    // At once, so that of several that come together each waits for the one before.
    if (next) hold(name, next);
    writer?.request.destroy();
    await writer?.writing.catch(() => undefined);
  };
  const hold = (name: string, writer: Writer): void => {
    writers.set(name, writer);
    const release = (): void => void (writers.get(name) === writer && writers.delete(name));
    writer.writing.then(release, release);
  };
  return {
    async take(result, next) {
      const name = nameOf(result);
      await stopWriter(name, next);
      const { size, hash } = (await reading).get(name) ?? { size: 0 };
      const path = pathOf(name);
      if (size === 0) return { path, size: 0, hash: createHash("sha256") };
      return { path, size, hash: hash?.copy() ?? (await hashBytes(path, size)) };
    },
    async keep(result, { size, hash }) {
      const kept = await reading;
      const name = nameOf(result);
      kept.delete(name);
      if (size > 0) kept.set(name, { size, at: Date.now(), hash });
      await prune(kept);
    },
    async drop(result) {
      const name = nameOf(result);
      (await reading).delete(name);
      await rm(pathOf(name), { force: true });
    },
  };
}

const ending = ".part";

const nameOf = ({ plugin, node }: ExpectedResult): string => `${createHash("sha256").update(`${plugin}/${node}`).digest("hex").slice(0, 32)}${ending}`;

/** By age, the oldest first. */
async function readKept(folder: string): Promise<Map<string, Kept>> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith(ending));
  const found = await Promise.all(
    names.map(async (name): Promise<readonly [string, Kept]> => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return [name, { size, at: mtimeMs }];
    }),
  );
  return new Map(found.toSorted(([, one], [, other]) => one.at - other.at));
}

async function hashBytes(path: string, size: number): Promise<Hash> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { end: size - 1 })) hash.update(chunk as Buffer);
  return hash;
}
