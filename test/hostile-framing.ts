import type { Random } from "./faults/random/random.ts";
import type { RawRequest } from "./raw-connections.ts";

type Lines = readonly (readonly [string, string])[];
type Message = {
  readonly method: string;
  readonly target: string;
  readonly headers: Lines;
  readonly body: Buffer;
  readonly isChunked: boolean;
  /** Lines behind the last chunk. */
  readonly trailer: string;
};

/** A request as bytes; one in ten has lengths, chunks or an end that lie, and some have characters that no head may hold. */
export function drawFraming(random: Random, { method, target, headers, body, isChunked, trailer }: Message): RawRequest {
  const framing: Lines = [isChunked ? chunked : ["content-length", String(body.length)]];
  const lie = random.below(10) === 0 ? random.pick(lies) : undefined;
  const lines: Lines = [["host", "127.0.0.1"], ...headers, ...(lie?.headers ?? framing)];
  const head = [`${method} ${target} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)];
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

type Lie = { readonly headers?: Lines; readonly bend?: (random: Random, framed: Buffer) => Buffer };

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
