import assert from "node:assert/strict";
import { once } from "node:events";
import { readlink, readdir } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import { buffer, text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createEndedPlugins } from "../../../aggregator/state/ended-plugins.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { readArchive } from "../../../core/archive/read-archive.ts";
import { wirePaths } from "../../../core/contract/worker-wire.ts";
import { definition } from "../../cli/definitions.ts";
import type { Door } from "./door.ts";
import { openDoor } from "./door.ts";

describe("the inputs of a plugin that needs others", () => {
  let results = createExpectedResults(() => new Date());
  let ended = createEndedPlugins();
  let door: Door;
  const needing = (name: string, required: boolean) => definition({ name, dialect: "asdic/v1", needs: [{ plugin: "p", required }] });
  const definitions = [definition({ name: "p" }), needing("q", true), needing("optional", false), definition({ name: "stranger" })];
  before(async () => {
    door = await openDoor(() => ({ results, gate: createGate(), isSealed: false, definitions, ended }));
  });
  after(() => door.close());
  beforeEach(() => {
    results = createExpectedResults(() => new Date());
    ended = createEndedPlugins();
    for (const plugin of ["q", "optional", "stranger"]) results.expect(plugin, "global");
  });

  const authorize = (by: string) => ({ authorization: `Bearer pod-${by}/global` });
  const upload = async (node: string, body: Buffer | string, headers: Record<string, string>): Promise<void> => {
    results.expect("p", node);
    const sent = { path: wirePaths.result("p", node), headers: { authorization: `Bearer pod-${node}`, ...headers }, body };
    assert.equal((await door.send(sent)).status, 200);
  };
  const folderOf = async (...files: readonly (readonly [string, string])[]): Promise<Buffer> => {
    const archive = pack();
    for (const [name, content] of files) archive.entry({ name }, content);
    archive.finalize();
    return gzipSync(await buffer(archive));
  };
  const file = { "content-disposition": "attachment;filename=a.txt", "content-type": "text/plain" };
  const folder = { "content-type": "application/gzip" };
  const ask = (by: string, plugin = "p") => door.get({ path: wirePaths.inputs(plugin), headers: authorize(by) });
  const unpack = async (by: string): Promise<readonly (readonly [string, string])[]> => {
    const files: (readonly [string, string])[] = [];
    for await (const { name, body } of readArchive(await ask(by))) files.push([name, await text(body)]);
    return files;
  };

  it("are a tar of all nodes' files, each below its node; a name that an archive holds twice is there twice", async () => {
    await upload("n1", "one", file);
    await upload("n2", await folderOf(["x/b.txt", "two"], ["same", "1"], ["same", "2"]), folder);
    ended.add("p");
    assert.deepEqual(await unpack("q"), [
      ["n1/a.txt", "one"],
      ["n2/x/b.txt", "two"],
      ["n2/same", "1"],
      ["n2/same~2", "2"],
    ]);
  });

  it("are an empty tar for one that need not have them, where nothing came", async () => {
    results.update(results.expect("p", "n1"), { state: "lost", problem: { code: "node-deleted", message: "m" } });
    ended.add("p");
    assert.deepEqual(await unpack("optional"), []);
  });

  const refused: readonly [string, number, () => Promise<{ readonly statusCode?: number | undefined }>][] = [
    ["a plugin whose definition doesn't need them", 403, () => ask("stranger")],
    ["a plugin that needs others", 403, () => ask("q", "stranger")],
    ["a plugin that needs them while they are gathered, which after the loss of an aggregator is again", 503, () => ask("q")],
    ["no token", 401, () => door.get({ path: wirePaths.inputs("p") })],
    ["another method", 405, () => door.get({ method: "PUT", path: wirePaths.inputs("p"), headers: authorize("q") })],
    ["a path that climbs", 400, () => door.get({ path: `${wirePaths.inputs("p")}%2f..`, headers: authorize("q") })],
  ];
  for (const [what, status, knock] of refused)
    it(`are refused with ${status} to ${what}`, async () => {
      await upload("n1", "one", file);
      assert.equal((await knock()).statusCode, status);
    });

  it("are refused with 409, and why, to one that must have them whole, once it is known that they are lost", async () => {
    await upload("n1", "one", file);
    results.update(results.expect("p", "n2"), { state: "lost", problem: { code: "lost-with-aggregator", message: "m" } });
    ended.add("p");
    const answer = await ask("q");
    assert.equal(answer.statusCode, 409);
    assert.match(await text(answer), /of which 1 of 2 did not come; the first, of node n2, ended as lost \(lost-with-aggregator\)/);
  });

  it("cost nothing more once their receiver is gone", { skip: process.platform !== "linux" }, async () => {
    await upload("n1", randomBytes(900 * 1024), file);
    await upload("n2", randomBytes(900 * 1024), file);
    await upload("n3", randomBytes(900 * 1024), file);
    ended.add("p");
    const countOpen = async (): Promise<number> => {
      const links = (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ""));
      return (await Promise.all(links)).filter((path) => path.startsWith(door.folder) && !path.endsWith("journal.ndjson")).length;
    };
    const atFirst = await countOpen();
    // More than there are places, so that all of them must have come free for the last.
    for (let count = 0; count < 20; count += 1) {
      const answer = await ask("q");
      await once(answer, "readable");
      answer.destroy();
    }
    assert.equal((await unpack("q")).length, 3);
    for (let tries = 0; tries < 1000 && (await countOpen()) > atFirst; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await countOpen(), atFirst);
  });
});
