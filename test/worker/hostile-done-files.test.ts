import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { validateHeaderValue } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { waitForDone } from "../../worker/done-file.ts";
import { openResult } from "../../worker/open-result.ts";
import type { Random } from "../faults/random/random.ts";
import { drawText } from "../hostile-text.ts";
import { playCases } from "../play-cases.ts";

const secret = "the worker's own token";

/** Writes a done file in some way: a path, a link, a folder, or bytes that are no text. */
async function makeDone(random: Random, root: string): Promise<void> {
  const results = join(root, "results");
  const done = join(results, "done");
  const targets = [
    "a.txt",
    "./a.txt\n",
    "below",
    "..",
    "../token",
    `${root}/token`,
    `${results}/a.txt`,
    "below/../../token",
    "link",
    "link-folder/token",
    "done",
    ".",
  ];
  const text = random.below(2) === 0 ? random.pick(targets) : drawText(random);
  const way = random.below(8);
  if (way === 0) return await symlink(random.pick(["../token", join(root, "token"), "done", "a.txt", "nowhere", ".."]), done);
  if (way === 1) return await mkdir(done);
  if (way === 2) return await writeFile(done, Buffer.from(Array.from({ length: random.below(20) }, () => random.below(256))));
  if (way === 3) return await writeFile(done, `${results}/${text}`);
  await writeFile(done, random.below(10) === 0 ? text.repeat(3000) : text);
}

test("1,000 done files lead to a result with headers that can be sent, and never to what lies outside of the results", async (context) => {
  const root = await mkdtemp(join(tmpdir(), "asdic-hostile-done-"));
  context.after(() => rm(root, { recursive: true }));
  const results = join(root, "results");
  await mkdir(join(results, "below"), { recursive: true });
  await writeFile(join(root, "token"), secret);
  await writeFile(join(results, "a.txt"), "inside");
  await writeFile(join(results, "below", "b.txt"), "inside");
  await symlink("../token", join(results, "link"));
  await symlink("..", join(results, "link-folder"));
  const now = AbortSignal.abort();
  await playCases(context, {
    count: 1000,
    play: async (random) => {
      await makeDone(random, root);
      const done = await waitForDone({
        resultsDir: results,
        settleMilliseconds: 0,
        recheckMilliseconds: 10,
        collect: now,
        signal: new AbortController().signal,
        onState: () => undefined,
      });
      const { headers, body } = await openResult(results, done, { onSkipped: () => undefined });
      for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
      const bytes = await buffer(body);
      const content = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
      assert.ok(!content.includes(secret));
      await rm(join(results, "done"), { recursive: true });
      return done !== undefined && "text" in done;
    },
  });
});
