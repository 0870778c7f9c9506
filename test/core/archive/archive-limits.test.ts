import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readerLimits } from "../../../core/archive/archive-limits.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { makeTar, makeTarGz, patchHeader, readAll } from "./tar.ts";

const two = [
  { name: "meta/info.json", content: "{}" },
  { name: "plugins/e2e/results/global/e2e.log", content: "x".repeat(3000) },
];

for (const [what, limits] of [
  ["entries", { maxEntries: 1 }],
  ["bytes of one entry", { maxEntryBytes: 2999 }],
  ["bytes in all", { maxTotalBytes: 3000 }],
] as const)
  test(`more ${what} than the limit are refused`, async () => {
    await assert.rejects(readAll(await makeTarGz(two), { ...readerLimits, ...limits }), (error) => isKnownError(error) && /more than/.test(error.message));
  });

for (const [what, limits, sentence] of [
  ["total size", { maxTotalBytes: 300 * 1024 ** 2, maxRatio: Infinity }, /unpacks to more than 314572800 bytes/],
  ["ratio", { maxRatio: 250 }, /250 times its size/],
] as const)
  test(`a bomb of zeros is stopped by its ${what}, long before its end`, async () => {
    const size = 1024 ** 4;
    const header = patchHeader(await makeTar([{ name: "zeros", content: "" }]), 124, Buffer.from("800000000000010000000000", "hex")).subarray(0, 512);
    const member = gzipSync(Buffer.alloc(16 * 1024 ** 2));
    let sent = 0;
    const input = Readable.from(
      (function* () {
        yield gzipSync(header);
        for (; sent < size / (16 * 1024 ** 2); sent++) yield member;
      })(),
    );
    await assert.rejects(
      async () => {
        for await (const { body } of readArchive(input, { ...readerLimits, maxEntryBytes: Infinity, ...limits })) body.resume();
      },
      (error) => isKnownError(error) && sentence.test(error.message),
    );
    assert.ok(sent < 100, `${sent} members were taken`);
  });

test("headers without an entry are stopped", async () => {
  const pax = (await makeTar([{ name: "x".repeat(150), content: "" }])).subarray(0, 1024);
  const tarOfHeaders = Buffer.concat(Array.from({ length: 3000 }, () => pax));
  await assert.rejects(readAll(tarOfHeaders, undefined, 10_000), (error) => isKnownError(error) && /headers of more than a MiB/.test(error.message));
});

test("thousands of extended attributes on one entry are refused", async () => {
  const archive = await makeTar([{ name: "a", pax: Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, "v"])) }]);
  await assert.rejects(readAll(archive), (error) => isKnownError(error) && /extended attributes/.test(error.message));
});

for (const size of ["abc", "-5", "1e3", "99999999999999999999", "0x10", " "])
  test(`a pax header that says the size is ${JSON.stringify(size)} makes no other error than a known one`, async () => {
    const archive = await makeTar([{ name: "a", content: "12345", pax: { size } }, ...two]);
    await readAll(archive).catch((error: unknown) => assert.ok(isKnownError(error), String(error)));
  });
