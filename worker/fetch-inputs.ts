import { rm } from "node:fs/promises";
import { join } from "node:path";
import { unpackArchive } from "../core/archive/unpack-archive.ts";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { wirePaths } from "../core/contract/worker-wire.ts";
import { backOff, maxTimerMilliseconds, pause } from "./back-off.ts";
import type { Log } from "./log.ts";
import { renderFailure } from "./log.ts";
import { openStream } from "./open-stream.ts";
import { listenForTunnels } from "./listen-for-tunnels.ts";
import type { Ending } from "./run.ts";
import type { Timings } from "./timings.ts";
import { tunnelAddress } from "./tunnel-address.ts";
import { createTunnels } from "./tunnels.ts";
import type { Ways } from "./ways.ts";
import { createWays } from "./ways.ts";

type Options = { readonly settings: WorkerSettings; readonly timings: Timings; readonly log: Log; readonly terminated: AbortSignal };
type Wanted = { readonly plugins: readonly string[]; readonly folder: string };

/**
 * The life of the init container of a plugin that needs others: it fetches their results, plugin by plugin, into a folder each below `folder`. It
 * tries again until each has come whole, the aggregator says that it can't, the deadline has passed, or `terminated`.
 */
export async function fetchInputs({ settings, timings, log, terminated }: Options, { plugins, folder }: Wanted): Promise<Ending> {
  const deadline = AbortSignal.timeout(Math.min(settings.deadlineSeconds * 1000, maxTimerMilliseconds));
  const signal = AbortSignal.any([terminated, deadline]);
  const tunnels = createTunnels();
  const ways = createWays(settings, tunnels);
  // Where the pod network does not lead to the aggregator, the aggregator comes here.
  const stopListening = listenForTunnels({ address: tunnelAddress(settings), onTunnel: (socket) => tunnels.offer(socket), log });
  try {
    for (const plugin of plugins) {
      const why = await fetchInput({ settings, timings, log, plugin, folder: join(folder, plugin), ways, signal });
      if (why !== undefined) return { exitCode: 1, message: `the results of plugin ${plugin} could not be fetched: ${why}` };
      log("info", `the results of plugin ${plugin} are here`);
    }
    return { exitCode: 0, message: "all that the plugin needs is here" };
  } finally {
    stopListening();
    tunnels.close();
    ways.close();
  }
}

type Input = Omit<Options, "terminated"> & {
  readonly plugin: string;
  readonly folder: string;
  readonly ways: Ways;
  readonly signal: AbortSignal;
};

/** Fetches the results of one plugin; says why it gave up, as the end of a sentence. */
async function fetchInput(input: Input): Promise<string | undefined> {
  const { timings, log, plugin, signal } = input;
  let why = "there was no time for a try";
  for (let failures = 0; !signal.aborted; failures++) {
    const tried = await tryOnce(input);
    if (tried === "fetched") return undefined;
    if (signal.aborted) break;
    why = tried.why;
    if (tried.isFinal) return why;
    const wait = backOff(timings.uploadBackOff, failures);
    log("warn", `the results of plugin ${plugin} have not come: ${why}; next try in ${(wait / 1000).toFixed(1)} s`);
    await pause(wait, signal);
  }
  return why;
}

type Tried = "fetched" | { readonly why: string; readonly isFinal: boolean };

async function tryOnce({ settings, timings, plugin, folder, ways, signal }: Input): Promise<Tried> {
  const way = ways.choose();
  let isReached = false;
  try {
    const stream = await openStream({ settings, way, path: wirePaths.inputs(plugin), timings, signal });
    isReached = true;
    if ("status" in stream)
      return { why: `the aggregator answers ${stream.status}: ${readSentence(stream.said)}`, isFinal: [403, 404, 409].includes(stream.status) };
    // Of an earlier try.
    await rm(folder, { recursive: true, force: true });
    await unpackArchive(stream.body, folder, signal);
    return "fetched";
  } catch (error) {
    if (!isReached) ways.turnFrom(way);
    return { why: renderFailure(error), isFinal: false };
  }
}

/** The aggregator wraps its sentence in JSON. */
function readSentence(said: string): string {
  const sentence = /^\{"error":("(?:[^"\\]|\\.)*")\}$/.exec(said)?.[1];
  return sentence === undefined ? said : String(JSON.parse(sentence));
}
