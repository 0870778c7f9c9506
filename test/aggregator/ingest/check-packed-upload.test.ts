import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPackedUpload } from "../../../aggregator/ingest/check-packed-upload.ts";
import { Refusal } from "../../../aggregator/ingest/refusal.ts";
import { packFiles } from "../../core/archive/packed.ts";
import { inPieces } from "../../core/archive/tar.ts";

const limits = { maxEntries: 3, maxTotalBytes: 1_000_000, isFolder: true };
const large = Buffer.alloc(600_000, "a line\n");
const folder = await packFiles([
  ["a", "a"],
  ["large", large],
  ["b", ""],
]);
const file = await packFiles([["", large]]);

for (const [what, packed, isFolder] of [
  ["a folder", folder, true],
  ["an empty folder", await packFiles([]), true],
  ["a file", file, false],
] as const)
  test(`${what} is taken`, () => checkPackedUpload(inPieces(packed, 1000), { ...limits, isFolder }));

const damagedInSegment = Buffer.from(file);
damagedInSegment.fill(0, 60, 70);

for (const [what, packed, isFolder, status] of [
  ["a pack with a damaged segment", damagedInSegment, false, 503],
  ["a pack that is cut off", folder.subarray(0, -5), true, 503],
  ["a file whose pack has files with names", folder, false, 503],
  ["a folder whose pack is a file", file, true, 503],
  ["a file whose pack is empty", await packFiles([]), false, 503],
  ["a name that climbs", await packFiles([["../x", "x"]]), true, 400],
  ["more files than the limit", await packFiles(["a", "b", "c", "d"].map((name) => [name, name])), true, 400],
  [
    "more bytes than the limit",
    await packFiles([
      ["a", Buffer.alloc(600_000)],
      ["b", Buffer.alloc(600_000)],
    ]),
    true,
    413,
  ],
  ["one file of more bytes than the limit", await packFiles([["", Buffer.alloc(1_000_001)]]), false, 413],
] as const)
  test(`${what} is refused with ${status}`, async () => {
    const body = inPieces(packed, 1000);
    await assert.rejects(checkPackedUpload(body, { ...limits, isFolder }), (error) => error instanceof Refusal && error.status === status);
    assert.ok(body.destroyed);
  });
