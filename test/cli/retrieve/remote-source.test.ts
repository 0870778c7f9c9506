import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { connectAggregator } from "../../../cli/aggregator-connection.ts";
import { findTarball } from "../../../cli/retrieve/find-tarball.ts";
import { createRemoteSource, type RemoteSource } from "../../../cli/retrieve/remote-source.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { startTarballServer, type Meddle, type TarballServer } from "./tarball-server.ts";

const bytes = randomBytes(400_000);

async function open(meddle?: Meddle, signal = AbortSignal.timeout(30_000)): Promise<{ readonly source: RemoteSource; readonly server: TarballServer }> {
  const server = await startTarballServer(bytes, meddle);
  const { tarball } = await findTarball(server.cluster, { namespace: "asdic", signal, pauses: [0] });
  const connection = await connectAggregator(server.cluster, "asdic", signal);
  return { server, source: createRemoteSource({ connection, tarball, signal, pauses: [0, 0] }) };
}

const read = async (source: RemoteSource, start: number, end: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of source.read(start, end)) pieces.push(piece);
  return Buffer.concat(pieces);
};

test("any bytes can be read, those at both ends by one request each, however often they are asked for", async () => {
  const { source, server } = await open();
  const places: readonly (readonly [number, number])[] = [
    [0, 10],
    [398_000, 400_000],
    [0, 65_536],
    [340_000, 398_000],
    [100_000, 300_001],
    [60_000, 70_000],
    [200_000, 200_000],
  ];
  for (const [start, end] of places) assert.deepEqual(await read(source, start, end), bytes.subarray(start, end));
  assert.deepEqual(server.ranges(), ["bytes=0-65535", "bytes=334464-399999", "bytes=100000-300000", "bytes=60000-69999"]);
  assert.equal(source.fetched(), 65_536 + 65_536 + 200_001 + 10_000);
});

test("pieces that follow each other come by few requests, however they are left, and nothing else comes with one that stands alone", async () => {
  const large = randomBytes(6_000_000);
  const server = await startTarballServer(large);
  const signal = AbortSignal.timeout(30_000);
  const { connection, tarball } = await findTarball(server.cluster, { namespace: "asdic", signal });
  const source = createRemoteSource({ connection, tarball, signal });
  assert.deepEqual(await read(source, 3_000_000, 3_100_000), large.subarray(3_000_000, 3_100_000));
  assert.equal(source.fetched(), 100_000);
  for (let at = 100_000; at < 5_000_000; at += 50_000)
    if (at % 150_000 === 0) {
      for await (const piece of source.read(at, at + 50_000)) {
        assert.deepEqual(piece, large.subarray(at, at + piece.length));
        break;
      }
    } else assert.deepEqual(await read(source, at, at + 50_000), large.subarray(at, at + 50_000));
  await source.close();
  assert.ok(server.ranges().length < 8, server.ranges().join());
});

test("several tries in a row that bring nothing are an error that says what to do", async () => {
  const { source, server } = await open((_request, response) => {
    response.writeHead(206, { "content-length": 100_000, "content-range": "bytes 100000-199999/400000" }).flushHeaders();
    setTimeout(() => response.destroy(), 20);
    return true;
  });
  await assert.rejects(
    read(source, 100_000, 200_000),
    (error) => isKnownError(error) && error.code === "transfer-failed" && /fetch all of it with `asdic retrieve`/.test(error.hint ?? ""),
  );
  assert.deepEqual(
    server.ranges(),
    Array.from({ length: 3 }, () => "bytes=100000-199999"),
  );
});

test("who has enough of a piece waits for no more of it", async () => {
  const { source } = await open();
  for await (const piece of source.read(100_000, 300_000)) {
    assert.ok(piece.length > 0);
    break;
  }
  assert.ok(source.fetched() < 200_000);
  assert.deepEqual(await buffer(source.read(5, 9)), bytes.subarray(5, 9));
});

test("Ctrl-C ends a read that waits", async () => {
  const stop = new AbortController();
  const { source } = await open((_request, response) => {
    response.writeHead(206, { "content-range": "bytes 100000-199999/400000" }).flushHeaders();
    setTimeout(() => stop.abort(), 50);
    return true;
  }, stop.signal);
  await assert.rejects(read(source, 100_000, 200_000), { name: "AbortError" });
});
