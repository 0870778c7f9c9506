import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { buffer as readBuffer } from "node:stream/consumers";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { openUpload } from "../../../aggregator/store/open-upload.ts";
import { buildWorkerProgram } from "../../worker/start-process.ts";
import { makeSettings } from "../../worker/start-worker.ts";
import type { Cut } from "./cutting-way.ts";
import { openCuttingWay } from "./cutting-way.ts";
import { openDoor } from "./door.ts";

/** A cut, the size of the result that comes all the same, and at most how many bytes go over the way for each of the result's; handshakes count on the wire alone. */
type Row = readonly [cut: Cut, size: number, most: number];

const rows: readonly Row[] = [
  // Within handshake and head nothing comes at all, until the way holds.
  ...[1, 517, 1500].map((bytes): Row => [{ at: "wire", bytes, times: 3 }, 5000, 6]),
  ...[1, 1000].map((bytes): Row => [{ at: "wire", from: "aggregator", bytes, times: 3 }, 5000, 6]),
  ...[1, 100].map((bytes): Row => [{ at: "request", bytes, times: 3 }, 5000, 1.1]),
  // At its 25th byte the consent to send is whole.
  ...[1, 25, 26].map((bytes): Row => [{ at: "request", from: "aggregator", bytes, times: 3 }, 5000, 4.1]),
  // From the body's first byte on each try gets on.
  ...[1, 3].map((bytes): Row => [{ at: "body", bytes }, 10 * bytes, 20]),
  ...[100, 1000, 16_384, 16_385].map((bytes): Row => [{ at: "body", bytes }, 6 * bytes, 2]),
  // Less than a usual TLS record of data.
  ...[6000, 16_000, 65_536].map((bytes): Row => [{ at: "wire", bytes }, 4 * bytes, 8]),
  // What was taken, and not heard of, is sent again and compared.
  ...[0, 20].map((bytes): Row => [{ at: "answer", bytes, times: 2 }, 5000, 3.1]),
];

describe("an upload whose connections are cut", { concurrency: 6 }, async () => {
  const program = await buildWorkerProgram();
  after(() => program.remove());

  for (const [cut, size, most] of rows)
    it(`after ${cut.bytes} bytes of the ${cut.at} from the ${cut.from ?? "worker"}${cut.times === undefined ? "" : `, ${cut.times} times,`} comes bit for bit`, async (context) => {
      const results = createExpectedResults(() => new Date());
      const result = results.expect("p", "n1");
      const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }));
      context.after(() => door.close());
      const way = await openCuttingWay(context, door, cut);
      const { settings, write } = await makeSettings(context, [way.url], { ca: door.ca, plugin: "p", node: "n1", deadlineSeconds: 100 });
      await writeFile(settings.tokenFile, "pod-n1");
      const content = randomBytes(size);
      // By this name it goes as it is, byte for byte.
      await write("a.gz", content);
      await write("done", "a.gz");
      const begun = performance.now();
      const { child, lines } = program.run(settings);
      context.after(() => child.kill());
      const isOver = (): boolean => child.exitCode !== null || lines.some((line) => line.includes('"delivered"'));
      while (!isOver() && !context.signal.aborted) await sleep(20);
      context.diagnostic(
        `${way.cuts()} cuts, ${lines.filter((line) => line.includes("sending")).length} tries, ${way.uploaded()} bytes for ${size}, ${((performance.now() - begun) / 1000).toFixed(1)} s`,
      );
      assert.equal(child.exitCode, null, lines.join("\n"));
      assert.equal(result.upload?.sha256, createHash("sha256").update(content).digest("hex"));
      assert.deepEqual(await readBuffer(openUpload(result.upload ?? assert.fail(), door.folder)), content);
      const from = lines.flatMap((line) => /sending a file from byte (\d+) on/.exec(line)?.[1] ?? []).map(Number);
      assert.deepEqual(
        from,
        from.toSorted((one, other) => one - other),
      );
      assert.ok(way.cuts() >= (cut.times ?? 2), `${way.cuts()} cuts`);
      assert.ok(way.uploaded() <= size * most, `${way.uploaded()} bytes for ${size}`);
    });
});
