import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { WorkerSettings } from "../../core/contract/worker-wire.ts";
import type { Ending } from "../../worker/run.ts";
import { runWorker } from "../../worker/run.ts";
import type { Timings } from "../../worker/timings.ts";
import { defaultTimings } from "../../worker/timings.ts";
import { findFreePort } from "../free-port.ts";
import { certificates } from "./test-aggregator.ts";

/** A worker at work in this process, with the folder that its plugin would write to. */
export type TestWorker = {
  readonly settings: WorkerSettings;
  readonly results: string;
  readonly ended: Promise<Ending>;
  readonly lines: string[];
  readonly terminate: () => void;
  /** Writes a file below the results folder. */
  readonly write: (name: string, content: string | Buffer) => Promise<void>;
};

const quickTimings: Timings = {
  ...defaultTimings,
  recheck: 50,
  pollPause: 20,
  tunnelPause: 20,
  deliveredPause: 10,
  pollBackOff: { baseMilliseconds: 10, maxMilliseconds: 50 },
  uploadBackOff: { baseMilliseconds: 10, maxMilliseconds: 50 },
  connect: 2000,
  relay: 1000,
  grace: 1000,
  lastWords: 50,
};

export async function startWorker(
  context: TestContext,
  urls: readonly string[],
  changes: { readonly settings?: Partial<WorkerSettings>; readonly timings?: Partial<Timings>; readonly redactProgram?: string } = {},
): Promise<TestWorker> {
  const { settings, write } = await makeSettings(context, urls, changes.settings);
  const terminated = new AbortController();
  const lines: string[] = [];
  const ended = runWorker({
    settings,
    timings: { ...quickTimings, ...changes.timings },
    log: (_level, message) => void lines.push(message),
    terminated: terminated.signal,
    redactProgram: changes.redactProgram ?? join(import.meta.dirname, "../../worker/redact.ts"),
  });
  context.after(async () => {
    terminated.abort();
    await ended;
  });
  return { settings, results: settings.resultsDir, ended, lines, terminate: () => terminated.abort(), write };
}

/** Settings with a fresh folder for results, a token file and a free port for progress. */
export async function makeSettings(
  context: TestContext,
  urls: readonly string[],
  changes: Partial<WorkerSettings> = {},
): Promise<{ readonly settings: WorkerSettings; readonly write: TestWorker["write"] }> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-worker-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const resultsDir = join(folder, "results");
  await mkdir(resultsDir);
  await writeFile(join(folder, "token"), "first-token\n");
  const settings: WorkerSettings = {
    aggregatorUrls: [...urls],
    ca: certificates.ca,
    tokenFile: join(folder, "token"),
    plugin: "probe",
    node: "global",
    resultsDir,
    progressPort: await findFreePort(),
    settleSeconds: 0.03,
    redaction: "nothing",
    deadlineSeconds: 30,
    ...changes,
  };
  return { settings, write: (name, content) => writeFile(join(resultsDir, name), content) };
}
