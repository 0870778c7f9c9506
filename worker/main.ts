import { writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { isKnownError } from "../core/contract/known-error.ts";
import { podPaths } from "../core/contract/names.ts";
import { fetchInputs } from "./fetch-inputs.ts";
import { relay } from "./relay.ts";
import { logToStdout, renderFailure } from "./log.ts";
import { runWorker } from "./run.ts";
import { parseSettings } from "./settings.ts";
import { defaultTimings } from "./timings.ts";
import { tunnelAddress } from "./tunnel-address.ts";

/**
 * The container beside each plugin, with the arguments `inputs PLUGIN…` the init container that fetches what the plugin needs, and with `relay` the command
 * by which the aggregator reaches the worker through the API server: settings from ASDIC_WORKER, exit codes 0 (sent, fetched or not wanted), 1 (not sent or fetched), 2 (wrong settings), 70 (bug).
 */
const terminated = new AbortController();
process.on("SIGTERM", () => terminated.abort());
process.on("SIGINT", () => terminated.abort());

const [work, ...plugins] = process.argv.slice(2);
// What this one writes is what is relayed, and its end is not the container's.
if (work === "relay") {
  const failure = await relay({ address: tunnelAddress(parseSettings(process.env)), input: process.stdin, output: process.stdout }).then(
    () => "",
    renderFailure,
  );
  process.stderr.write(failure, () => process.exit(failure === "" ? 0 : 1));
  await new Promise(() => undefined);
}

// It lies beside this one, bundled or not.
const redactProgram = join(import.meta.dirname, `redact${extname(import.meta.filename)}`);

try {
  const options = { settings: parseSettings(process.env), timings: defaultTimings, log: logToStdout, terminated: terminated.signal };
  const { exitCode, message } = await (work === "inputs"
    ? fetchInputs(options, { plugins, folder: podPaths.inputs })
    : runWorker({ ...options, redactProgram }));
  leave(exitCode, message);
} catch (error) {
  if (isKnownError(error)) leave(error.exitCode, [error.message, ...(error.hint === undefined ? [] : [error.hint])].join("; "));
  else leave(70, `bug: ${error instanceof Error ? error.stack : renderFailure(error)}`);
}

/** Ends even if something is still open, but not before the line is written. */
function leave(exitCode: number, message: string): void {
  if (exitCode !== 0) writeLastWords(message);
  logToStdout(exitCode === 0 ? "info" : "error", message);
  process.exitCode = exitCode;
  process.stdout.write("", () => process.exit());
}

/** What Kubernetes shows of a container that failed, without the trimmings of a log line. */
function writeLastWords(message: string): void {
  try {
    writeFileSync("/dev/termination-log", message, { flag: "r+" });
  } catch {
    // The log says it too.
  }
}
