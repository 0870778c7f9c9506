import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import * as fc from "fast-check";
import { renderTarHeader, tarPadding } from "../../../core/archive/render-tar-header.ts";
import type { Header } from "tar-stream";
import { extract } from "tar-stream";
import { makeTar } from "./tar.ts";

const modifiedAt = new Date("2026-11-21T10:00:00Z");

/** The first header that tar-stream reads of these bytes. */
async function readHeader(bytes: Buffer): Promise<Header> {
  const { promise, resolve, reject } = Promise.withResolvers<Header>();
  const parser = extract();
  parser.on("entry", (header, source) => {
    source.on("error", () => undefined);
    resolve(header);
  });
  parser.on("error", reject);
  Readable.from([bytes]).pipe(parser);
  const header = await promise;
  parser.destroy();
  return header;
}

for (const name of ["a", "meta/manifest.json", "n".repeat(100), `${"p".repeat(100)}/${"n".repeat(90)}`])
  test(`the header of ${name.slice(0, 20)} (${name.length} bytes) is tar-stream's own, to the last byte`, async () => {
    const theirs = await makeTar([{ name, content: "12345", mtime: modifiedAt, mode: 0o644 }]);
    assert.deepEqual(renderTarHeader({ name, size: 5, modifiedAt }), theirs.subarray(0, 512));
  });

for (const size of [0, 1, 8 ** 11 - 1, 8 ** 11, 2 ** 45])
  test(`tar-stream reads a size of ${size}, whatever the name needs`, async () => {
    for (const name of ["a", "ü", "n".repeat(300), `${"p".repeat(155)}/${"n".repeat(100)}`, `${"ü/".repeat(90)}x`, "p/".repeat(1500) + "x"]) {
      const bytes = renderTarHeader({ name, size, modifiedAt });
      assert.equal(bytes.length % 512, 0);
      const { name: found, size: foundSize, mtime, type, mode } = await readHeader(bytes);
      assert.deepEqual({ found, foundSize, mtime, type, mode }, { found: name, foundSize: size, mtime: modifiedAt, type: "file", mode: 0o644 });
    }
  });

test("any name is read back as it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 }), async (raw) => {
      const name = raw.replaceAll(/[\p{Cc}/]/gu, "-").toWellFormed();
      assert.equal((await readHeader(renderTarHeader({ name, size: 1, modifiedAt }))).name, name);
    }),
  );
});

test("padding fills a content to the end of its block", () => {
  for (const [size, padding] of [
    [0, 0],
    [1, 511],
    [511, 1],
    [512, 0],
    [513, 511],
  ] as const)
    assert.deepEqual(tarPadding(size), Buffer.alloc(padding));
});
