import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { digestTrailer } from "../../../core/contract/worker-wire.ts";
import { drawTar } from "../../core/archive/hostile-tar.ts";
import { packFiles } from "../../core/archive/packed.ts";
import type { Random } from "../../faults/random/random.ts";
import { drawFraming } from "../../hostile-framing.ts";
import { drawText } from "../../hostile-text.ts";
import type { RawRequest } from "../../raw-connections.ts";
import { drawPoll, drawProgress } from "./hostile-bodies.ts";
import type { Own } from "./hostile-headers.ts";
import { drawTarget, drawUploadHeaders } from "./hostile-headers.ts";

/** A request on the wire, three of four as they should be framed. */
export function drawRequest(random: Random, own: Own): RawRequest {
  const { method, target } = drawTarget(random, own);
  const body = ["PUT", "POST"].includes(method) || random.below(10) === 0 ? drawBody(random, target) : Buffer.alloc(0);
  const headers = Object.entries(drawUploadHeaders(random)).flatMap(([name, value]) =>
    ["content-length", "host"].includes(name) ? [] : [[name, String(value)] as const],
  );
  const token = random.below(40) === 0 ? drawText(random) : `Bearer pod-${own.node}`;
  const expect = random.below(20) === 0 ? [["expect", "100-continue"] as const] : [];
  const isChunked = method === "PUT" && random.below(2) === 0;
  const trailer = isChunked && random.below(2) === 0 ? `${digestTrailer}: ${random.below(6) === 0 ? drawText(random) : digest(body)}\r\n` : "";
  return drawFraming(random, { method, target, headers: [["authorization", token], ...headers, ...expect], body, isChunked, trailer });
}

const digest = (body: Buffer): string => createHash("sha256").update(body).digest("hex");

/** What is mostly to be expected at this place. */
function drawBody(random: Random, target: string): Buffer {
  if (target.includes("poll")) return drawPoll(random);
  if (target.includes("progress")) return drawProgress(random);
  const way = random.below(10);
  if (way > 7) return changeBytes(random, random.pick(packs));
  if (way < 3) return gzipSync(drawTar(random), { level: 1 });
  if (way === 3) return drawTar(random);
  if (random.below(50) === 0) return tooLarge;
  return Buffer.from(random.pick(["", "same", "same and more", drawText(random)]));
}

const packs = await Promise.all([
  packFiles([["", "one file"]]),
  packFiles([
    ["a/b.txt", "one"],
    ["c.bin", Buffer.alloc(300_000, "of two segments\n")],
  ]),
]);

/** Half of them stay as they are. */
function changeBytes(random: Random, bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let times = Math.max(0, random.below(6) - 2); times > 0; times--) changed[random.below(changed.length)] = random.below(256);
  return changed;
}

const tooLarge = Buffer.alloc(1_100_000);
