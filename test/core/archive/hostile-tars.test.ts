import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { readerLimits } from "../../../core/archive/archive-limits.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { parseEntryName } from "../../../core/archive/safe-name.ts";
import { unpackArchive } from "../../../core/archive/unpack-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { playCases } from "../../play-cases.ts";
import { drawTar } from "./hostile-tar.ts";
import { inPieces } from "./tar.ts";

const root = await mkdtemp(join(tmpdir(), "asdic-hostile-tars-"));
after(() => rm(root, { recursive: true }));

/** Waits for the end, whatever it is: done, a known error, or one of the disk. */
async function settle(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isKnownError(error) && !(error instanceof Error && "syscall" in error)) throw error;
  });
}

test("10,000 tars give safe names and whole contents, or a known error", (context) =>
  playCases(context, {
    count: 10_000,
    atOnce: 8,
    play: async (random) => {
      let isPast = false;
      const limits = random.below(2) === 0 ? readerLimits : ({ ...readerLimits, maxTotalBytes: 100_000, links: "skip" } as const);
      const read = async (): Promise<void> => {
        for await (const { name, size, body, modifiedAt } of readArchive(inPieces(drawTar(random), random.pick([100, 512, 700, 100_000])), limits)) {
          isPast = true;
          assert.equal(name, parseEntryName(name));
          assert.ok(!Number.isNaN(modifiedAt.getTime()));
          let length = 0;
          for await (const chunk of body) length += (chunk as Buffer).length;
          // Zero may be minus zero.
          assert.ok(length === size, `${length} bytes of ${size}`);
        }
      };
      await settle(read());
      return isPast;
    },
  }));

test("3,000 tars write nothing outside of the folder that they are unpacked into", async (context) => {
  await mkdir(join(root, "in"));
  const folders: string[] = [];
  await playCases(context, {
    count: 3000,
    atOnce: 8,
    play: async (random, index) => {
      folders.push(String(index));
      const folder = join(root, "in", String(index));
      await settle(unpackArchive(Readable.from([drawTar(random)]), folder, AbortSignal.timeout(10_000)));
      return (await readdir(folder)).length > 0;
    },
    check: async () => {
      assert.deepEqual([await readdir(root), (await readdir(join(root, "in"))).toSorted()], [["in"], folders.splice(0).toSorted()]);
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      assert.ok(entries.every((entry) => entry.isFile() || entry.isDirectory()));
      await rm(join(root, "in"), { recursive: true });
      await mkdir(join(root, "in"));
    },
  });
});
