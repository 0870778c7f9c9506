import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { digestTrailer } from "../../../core/contract/worker-wire.ts";
import { drawTar } from "../../core/archive/hostile-tar.ts";
import type { Random } from "../../faults/random/random.ts";
import { drawJson } from "../../hostile-json.ts";
import { drawText } from "../../hostile-text.ts";
import type { Own } from "./hostile-headers.ts";
import { drawTarget, drawUploadHeaders } from "./hostile-headers.ts";
import type { RawRequest } from "./raw-connections.ts";

/** A request on the wire: three of four as they should be framed, the others with lengths, chunks or ends that lie. */
export function drawRequest(random: Random, own: Own): RawRequest {
  const { method, target } = drawTarget(random, own);
  const body = ["PUT", "POST"].includes(method) || random.below(10) === 0 ? drawBody(random, target) : Buffer.alloc(0);
  const headers = Object.entries(drawUploadHeaders(random)).filter(([name]) => name !== "content-length");
  const token = random.below(40) === 0 ? drawText(random) : `Bearer pod-${own.node}`;
  const expect = random.below(20) === 0 ? [["expect", "100-continue"]] : [];
  const isChunked = method === "PUT" && random.below(2) === 0;
  const trailer = isChunked && random.below(2) === 0 ? `${digestTrailer}: ${random.below(6) === 0 ? drawText(random) : digest(body)}\r\n` : "";
  const framing = isChunked ? ["transfer-encoding", "chunked"] : ["content-length", String(body.length)];
  const lie = random.below(10) === 0 ? random.pick(lies) : undefined;
  const lines = [["host", "127.0.0.1"], ["authorization", token], ...headers.filter(([name]) => name !== "host"), ...expect, ...(lie?.headers ?? [framing])];
  const head = [`${method} ${target} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${String(value)}`)];
  // Controls and what is no latin1 would break the frame, as some are to.
  const isClean = random.below(40) !== 0;
  const text = head.map((line) => (isClean ? line.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/g, "") : line)).join("\r\n");
  const framed = isChunked ? inChunks(random, body, trailer) : body;
  const sent = lie?.bend?.(random, framed) ?? framed;
  const isSound = lie === undefined && isClean && !target.includes(" ");
  return {
    bytes: Buffer.concat([Buffer.from(`${text}\r\n\r\n`, "latin1"), sent]),
    isHead: method === "HEAD",
    isSound,
    ending: random.pick(["end", "destroy"]),
  };
}

const digest = (body: Buffer): string => createHash("sha256").update(body).digest("hex");

/** What is mostly to be expected at this place. Polls that are held would take twenty seconds each. */
function drawBody(random: Random, target: string): Buffer {
  if (target.includes("poll")) return drawJson(random, { state: random.pick(["waiting", "settling", "uploading", "delivered"]) });
  if (target.includes("progress")) return drawJson(random, { msg: drawText(random), appendtotals: true, total: 1, appendcompleted: 1, appendfailing: ["a"] });
  const way = random.below(8);
  if (way < 3) return gzipSync(drawTar(random), { level: 1 });
  if (way === 3) return drawTar(random);
  if (random.below(50) === 0) return tooLarge;
  return Buffer.from(random.pick(["", "same", "same and more", drawText(random)]));
}

const tooLarge = Buffer.alloc(1_100_000);

type Lie = { readonly headers?: readonly (readonly [string, string])[]; readonly bend?: (random: Random, framed: Buffer) => Buffer };

const chunked = ["transfer-encoding", "chunked"] as const;

const lies: readonly Lie[] = [
  { headers: [] },
  { headers: [["content-length", "5000"]] },
  { headers: [["content-length", "3"]] },
  { headers: [["content-length", "-1"]] },
  { headers: [["content-length", "9".repeat(30)]] },
  {
    headers: [
      ["content-length", "5"],
      ["content-length", "6"],
    ],
  },
  { headers: [["content-length", "5"], chunked] },
  { headers: [chunked, chunked] },
  { headers: [["transfer-encoding", "gzip, chunked"]] },
  {
    headers: [
      ["transfer-encoding", "chunked"],
      ["upgrade", "websocket"],
      ["connection", "upgrade"],
    ],
  },
  { headers: [chunked, ["x-large", "x".repeat(20_000)]] },
  { headers: [chunked, ["trailer", "x-asdic-sha256, host, content-length"]] },
  { headers: [chunked], bend: (_random, framed) => Buffer.concat([Buffer.from("ffffffffffffffffff\r\n"), framed]) },
  { headers: [chunked], bend: (random) => Buffer.from(`${random.pick(["-5", "zz", "5;a=b", "0x5", "5 ", "7fffffff", ""])}\r\nhello\r\n0\r\n\r\n`) },
  { headers: [chunked], bend: () => Buffer.from(`5\r\nhello\r\n0\r\n${"a: b\r\n".repeat(5000)}\r\n`) },
  { headers: [["content-length", "5000"]], bend: (random, framed) => framed.subarray(0, random.below(framed.length + 1)) },
  { headers: [chunked], bend: (random, framed) => framed.subarray(0, random.below(framed.length + 1)) },
];

function inChunks(random: Random, body: Buffer, trailer: string): Buffer {
  const size = random.pick([1000, 65_536, 2_000_000]);
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...pieces, Buffer.from(`0\r\n${trailer}\r\n`, "latin1")]);
}
