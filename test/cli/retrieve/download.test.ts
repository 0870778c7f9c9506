import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { download } from "../../../cli/retrieve/download.ts";
import type { AggregatorConnection } from "../../../cli/aggregator-connection.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { startApiServer, type Received } from "../../core/cluster/api-server.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-download-"));
after(() => rm(folder, { recursive: true }));
const content = randomBytes(300_000);
const tarball = { name: "run.tar.gz", created: "x", sha256: createHash("sha256").update(content).digest("hex"), size: content.length };
const tag = `"${tarball.sha256}"`;

/** Sends the tarball from where it is asked for, and breaks the connection after so many bytes, once they can have been read. */
function send(request: Received, response: ServerResponse, breakAfter = Infinity): void {
  const from = request.headers["if-range"] === tag ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
  const rest = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    "content-length": rest.length,
    etag: tag,
    ...(from > 0 && { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  if (breakAfter >= rest.length) response.end(rest);
  else response.write(rest.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 100));
}

/** A way to a real HTTP server that answers as each test wants; the tries are counted. */
async function start(
  answer: (request: Received, response: ServerResponse, attempt: number) => void,
): Promise<{ readonly connection: Pick<AggregatorConnection, "openTarball">; readonly offsets: () => readonly (string | undefined)[] }> {
  let attempt = 0;
  const { cluster, received } = await startApiServer((request, response) => answer(request, response, ++attempt));
  return {
    offsets: () => received.map(({ headers }) => headers.range),
    connection: {
      openTarball: ({ offset, tag: wanted, signal }) =>
        cluster.fetch({ path: "/tarball", headers: offset === 0 ? {} : { range: `bytes=${offset}-`, "if-range": wanted }, signal }),
    },
  };
}

const fetchTo = async (name: string, { connection }: { readonly connection: Pick<AggregatorConnection, "openTarball"> }): Promise<void> =>
  download({ connection, tarball, path: join(folder, name), signal: new AbortController().signal, pauses: [0, 0, 0] });

test("a tarball comes whole, and nothing else is left", async () => {
  await fetchTo("whole", await start((request, response) => send(request, response)));
  assert.deepEqual(await readFile(join(folder, "whole")), content);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith(".partial")),
    [],
  );
});

test("a connection that breaks goes on where it was, as often as it brings something", async () => {
  const server = await start((request, response) => send(request, response, 50_000));
  await fetchTo("broken", server);
  assert.deepEqual(await readFile(join(folder, "broken")), content);
  // A try may have brought nothing; none begins before where the last one ended.
  const offsets = server.offsets().map((range) => Number(/\d+/.exec(range ?? "")?.[0] ?? 0));
  assert.ok(new Set(offsets).size >= 6, offsets.join());
  assert.deepEqual(
    offsets,
    offsets.toSorted((one, other) => one - other),
  );
});

for (const breakAfter of [1, 2, 100])
  test(`a tarball comes bit for bit over connections that bring ${breakAfter} of its bytes, or break within the head before`, async (context) => {
    const short = content.subarray(0, 12 * breakAfter);
    const made = { ...tarball, size: short.length, sha256: createHash("sha256").update(short).digest("hex") };
    const server = await start((request, response, attempt) => {
      if (attempt % 2 === 1) {
        response.socket?.write("HTTP/1.1 206 Partial Con", () => response.destroy());
        return;
      }
      const from = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
      response.writeHead(from > 0 ? 206 : 200, { "content-length": short.length - from, "content-range": `bytes ${from}-${short.length - 1}/${short.length}` });
      response.write(short.subarray(from, from + breakAfter), () => setTimeout(() => response.destroy(), 30));
    });
    const path = join(folder, `short-${breakAfter}`);
    await download({ connection: server.connection, tarball: made, path, signal: new AbortController().signal, pauses: [0, 0, 0] });
    assert.deepEqual(await readFile(path), short);
    const offsets = server.offsets().map((range) => Number(/\d+/.exec(range ?? "")?.[0] ?? 0));
    context.diagnostic(`${offsets.length} tries for ${short.length} bytes`);
    assert.ok(offsets.length >= 2 * 12 - 1, String(offsets.length));
    assert.deepEqual(
      offsets,
      offsets.toSorted((one, other) => one - other),
    );
  });

test("several tries in a row that bring nothing are an error, and what came is kept for the next call", async () => {
  const server = await start((request, response, attempt) =>
    attempt === 1 ? send(request, response, 50_000) : response.writeHead(503).end("error trying to reach service"),
  );
  await assert.rejects(
    fetchTo("stuck", server),
    (error) => isKnownError(error) && error.code === "transfer-failed" && / of 300000 bytes came\..*error trying to reach service/.test(error.message),
  );
  assert.equal(server.offsets().length, 1 + 3);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("stuck")),
    ["stuck.partial", "stuck.partial.etag"],
  );
  const next = await start((request, response) => send(request, response));
  await fetchTo("stuck", next);
  assert.deepEqual(await readFile(join(folder, "stuck")), content);
  assert.match(next.offsets()[0] ?? "", /^bytes=[1-9]/);
});

const leftovers: readonly (readonly [string, Buffer])[] = [
  ["of another tarball", randomBytes(1000)],
  ["of another tarball and as large", randomBytes(content.length)],
  ["larger than the tarball", randomBytes(content.length + 1)],
  ["whole already", content],
];
for (const [what, bytes] of leftovers)
  test(`a partial file that is ${what} does no harm`, async () => {
    const name = what.replaceAll(" ", "-");
    await writeFile(join(folder, `${name}.partial`), bytes);
    await fetchTo(name, await start((request, response) => send(request, response)));
    assert.deepEqual(await readFile(join(folder, name)), content);
  });

test("bytes that are not the aggregator's are refused, and no file appears", async () => {
  const server = await start((_request, response) => response.end(randomBytes(content.length)));
  await assert.rejects(fetchTo("forged", server), (error) => isKnownError(error) && error.code === "transfer-failed" && /SHA-256/.test(error.message));
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("forged")),
    [],
  );
});

test("more bytes than were announced are refused", async () => {
  const server = await start((_request, response) => response.end(Buffer.concat([content, content])));
  await assert.rejects(fetchTo("flood", server), (error) => isKnownError(error) && /More bytes/.test(error.message));
});

test("a refusal is not tried again", async () => {
  const server = await start((_request, response) => response.writeHead(403).end());
  await assert.rejects(fetchTo("refused", server), (error) => isKnownError(error) && error.exitCode === 3);
  assert.equal(server.offsets().length, 1);
});

test("a folder that isn't there is told", async () => {
  await assert.rejects(
    fetchTo("nowhere/file", await start((request, response) => send(request, response))),
    (error) => isKnownError(error) && error.code === "invalid-file" && /nowhere/.test(error.message),
  );
});

test("Ctrl-C ends it and keeps what came", async () => {
  const stop = new AbortController();
  const partial = join(folder, "stopped.partial");
  const { connection } = await start((_request, response) => void response.write(content.subarray(0, 50_000)));
  const looking = setInterval(() => {
    if (existsSync(partial) && statSync(partial).size > 0) stop.abort();
  }, 5);
  after(() => clearInterval(looking));
  await assert.rejects(download({ connection, tarball, path: join(folder, "stopped"), signal: stop.signal }), { name: "AbortError" });
  assert.deepEqual(await readFile(partial), content.subarray(0, (await readFile(partial)).length));
});
