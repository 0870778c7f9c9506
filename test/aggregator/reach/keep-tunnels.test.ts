import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { Duplex, PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createContacts } from "../../../aggregator/reach/contacts.ts";
import type { ReachTimings } from "../../../aggregator/reach/keep-tunnels.ts";
import { keepTunnels } from "../../../aggregator/reach/keep-tunnels.ts";
import type { TunnelEnd } from "../../../aggregator/reach/open-tunnel.ts";
import type { ExpectedResult } from "../../../aggregator/state/expected-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import type { SeenPod } from "../../../aggregator/watch/pod-watch.ts";
import type { WorkerSettings } from "../../../core/contract/worker-wire.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";
import { relay } from "../../../worker/relay.ts";
import { tunnelAddress } from "../../../worker/tunnel-address.ts";
import { findFreePort } from "../../free-port.ts";
import { startWorker } from "../../worker/start-worker.ts";
import { until } from "../../worker/until.ts";
import { openDoor } from "../ingest/door.ts";

const timings: ReachTimings = { look: 20, silence: 150, silenceByExec: 50, acquaintance: 0, turn: 200, longestPause: 100 };
const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** A pod whose worker's container is in a state. */
const seePod = (name: string, state: "running" | "terminated" | "waiting"): SeenPod => ({
  view: parsePodView({ metadata: { name, uid: name }, status: { phase: "Running", containerStatuses: [{ name: "sonobuoy-worker", state: { [state]: {} } }] } }),
  controllerUid: undefined,
  gone: false,
});

/** An aggregator's real door, a real worker that no address leads to it, and tunnels of the real relay that break after so many bytes from the worker. */
async function stage(context: TestContext, { breakAfterBytes = Infinity, urls, changes }: Way = {}) {
  const results = createExpectedResults(() => new Date());
  const result = results.expect("p", "n1");
  const contacts = createContacts();
  const door = await openDoor(() => ({ results, gate: createGate(), isSealed: false }), { contacts });
  const end = new AbortController();
  const addresses = urls?.(door.port) ?? [`https://127.0.0.1:${await findFreePort()}`];
  const worker = await startWorker(context, addresses, { settings: { ca: door.ca, plugin: "p", node: "n1", ...changes } });
  await writeFile(worker.settings.tokenFile, "pod-n1");
  let [opened, pod] = [0, seePod("pod-1", "running")];
  let refusal: Error | undefined;
  const looks: (string | undefined)[] = [];
  const openTunnel = async (to: TunnelEnd, signal: AbortSignal): Promise<void> => {
    assert.deepEqual(to, { pod: "pod-1", container: "sonobuoy-worker" });
    opened++;
    if (refusal !== undefined) throw refusal;
    const [input, output] = [new PassThrough(), new PassThrough()];
    const there = Duplex.from({ readable: output, writable: input });
    const here = connect(door.port, "127.0.0.1");
    const close = (): void => {
      for (const one of [there, here, input, output]) one.destroy();
    };
    signal.addEventListener("abort", close, { once: true });
    const wear = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      let left = breakAfterBytes;
      for await (const chunk of source) {
        left -= chunk.length;
        yield chunk;
        if (left <= 0) break;
      }
      // What has passed arrives before the break.
      await sleep(20);
      close();
    };
    await Promise.allSettled([
      relay({ address: tunnelAddress(worker.settings), input, output }),
      pipeline(there, wear, here, { signal }),
      pipeline(here, there, { signal }),
    ]);
  };
  const log = { info: () => undefined, warn: () => undefined };
  const look = ({ unreached }: ExpectedResult): void => void looks.push(unreached);
  keepTunnels({ results, contacts, podOf: () => pod, openTunnel, look, timings, log, signal: end.signal });
  context.after(async () => {
    end.abort();
    await door.close();
  });
  const refuse = (error: Error | undefined): void => void (refusal = error);
  return { results, result, worker, opened: () => opened, looks, refuse, setPod: (next: SeenPod) => void (pod = next) };
}

type Way = { readonly breakAfterBytes?: number; readonly urls?: (port: number) => string[]; readonly changes?: Partial<WorkerSettings> };

test("a worker that no address leads to the aggregator delivers by exec, and its progress goes that way too", async (context) => {
  const { result, worker } = await stage(context);
  const send = (): Promise<number> =>
    fetch(`http://127.0.0.1:${worker.settings.progressPort}/progress`, { method: "POST", body: JSON.stringify({ msg: "half" }) }).then(
      ({ status }) => status,
      () => 0,
    );
  await until(async () => (await send()) === 200);
  assert.equal(result.progress?.msg, "half");
  const content = randomBytes(500_000);
  await worker.write("a.gz", content);
  await worker.write("done", "a.gz");
  await until(() => result.upload !== undefined);
  assert.deepEqual([result.upload?.sha256, result.upload?.way], [digest(content), "exec"]);
});

test("a tunnel that breaks again and again loses nothing", async (context) => {
  const { result, worker, opened } = await stage(context, { breakAfterBytes: 100_000 });
  const content = randomBytes(800_000);
  await worker.write("a.gz", content);
  await worker.write("done", "a.gz");
  await until(() => result.upload !== undefined);
  assert.deepEqual([result.upload?.sha256, result.upload?.way], [digest(content), "exec"]);
  assert.ok(opened() >= 4, `${opened()} tunnels`);
  assert.ok(worker.lines.some((line) => /from byte \d+ on/.test(line)));
});

test("a worker on its node's network is reached although somebody else has its port there", async (context) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  context.after(() => void taken.close());
  const { result, worker } = await stage(context, { changes: { progressPort: (taken.address() as AddressInfo).port } });
  await worker.write("done", ".");
  await until(() => result.upload !== undefined);
  assert.equal(result.upload?.way, "exec");
});

test("a worker without a done file is told by exec to collect", async (context) => {
  const { results, result, worker } = await stage(context);
  await worker.write("part.txt", "part");
  await until(() => worker.lines.length > 0);
  results.update(result, { collect: "ended" });
  await until(() => result.upload !== undefined);
  assert.deepEqual([result.upload?.announced, result.upload?.way], [false, "exec"]);
});

test("a worker that has delivered by exec ends at once when its pod is ended", async (context) => {
  const { result, worker } = await stage(context);
  await worker.write("done", ".");
  await until(() => result.upload !== undefined && worker.lines.includes("delivered"));
  const begun = performance.now();
  worker.terminate();
  assert.equal((await worker.ended).exitCode, 0);
  assert.ok(performance.now() - begun < 900, "it does not wait for its grace");
});

test("it is said why there is no way at all, until there is one", async (context) => {
  const { result, worker, looks, refuse } = await stage(context);
  refuse(new Error("exec is not for you"));
  await until(() => result.unreached !== undefined);
  assert.deepEqual([result.unreached, looks], ["exec is not for you", ["exec is not for you"]]);
  refuse(undefined);
  await worker.write("done", ".");
  await until(() => result.upload !== undefined && result.unreached === undefined);
  assert.equal(looks.at(-1), undefined);
});

test("who is heard is not reached by exec, nor who does not run", async (context) => {
  const heard = await stage(context, { urls: (port) => [`https://127.0.0.1:${port}`] });
  const ended = await stage(context);
  ended.setPod(seePod("pod-1", "terminated"));
  await sleep(600);
  assert.deepEqual([heard.opened(), ended.opened()], [0, 0]);
  await heard.worker.write("done", ".");
  await until(() => heard.result.upload !== undefined);
  assert.equal(heard.result.upload?.way, "pod-ip");
});
