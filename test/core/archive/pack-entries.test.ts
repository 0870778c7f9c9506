import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { describe, it } from "node:test";
import type { EntryToPack } from "../../../core/archive/pack-entries.ts";
import { packEntries } from "../../../core/archive/pack-entries.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";

const entry = (name: string, content: string, size = content.length): EntryToPack => ({ name, size, body: Readable.from([Buffer.from(content)]) });

describe("packEntries", () => {
  it("packs what it is given in its order, long names and empty files too", async () => {
    const long = `${"deep/".repeat(60)}file`;
    const entries = [entry("b", "two"), entry(long, "long"), entry("a", "")];
    const read: string[] = [];
    for await (const { name, body } of readArchive(packEntries(Readable.from(entries)))) read.push(name, await text(body));
    assert.deepEqual(read, ["b", "two", long, "long", "a", ""]);
  });

  it("asks for an entry only when the one before has been read, so that any number of them is open one at a time", async () => {
    let open = 0;
    let most = 0;
    const entries = async function* () {
      for (let index = 0; index < 20; index += 1) {
        most = Math.max(most, ++open);
        const body = Readable.from([Buffer.alloc(100_000)]).once("close", () => (open -= 1));
        yield { name: `f${index}`, size: 100_000, body };
      }
    };
    for await (const { body } of readArchive(packEntries(entries()))) await buffer(body);
    assert.equal(most, 1);
  });

  const broken: readonly [string, () => EntryToPack, RegExp][] = [
    [
      "a body that fails",
      () => ({
        name: "x",
        size: 10,
        body: new Readable({
          read() {
            this.destroy(new Error("the disk is gone"));
          },
        }),
      }),
      /the disk is gone/,
    ],
    ["a body that is too short", () => entry("x", "abc", 10), /./],
  ];
  for (const [what, make, message] of broken)
    it(`fails for ${what}, after all that came before it`, async () => {
      await assert.rejects(buffer(packEntries(Readable.from([entry("first", "1"), make(), entry("never", "3")]))), message);
    });
});
