import { isKnownError } from "../core/contract/known-error.ts";
import { logToStdout, renderFailure } from "./log.ts";
import { runWorker } from "./run.ts";
import { parseSettings } from "./settings.ts";
import { defaultTimings } from "./timings.ts";

/** The container beside each plugin: settings from ASDIC_WORKER, exit codes 0 (sent or not wanted), 1 (not sent), 2 (wrong settings), 70 (bug). */
const terminated = new AbortController();
process.on("SIGTERM", () => terminated.abort());
process.on("SIGINT", () => terminated.abort());

try {
  const settings = parseSettings(process.env);
  const { exitCode, message } = await runWorker({ settings, timings: defaultTimings, log: logToStdout, terminated: terminated.signal });
  leave(exitCode, message);
} catch (error) {
  if (isKnownError(error)) leave(error.exitCode, [error.message, ...(error.hint === undefined ? [] : [error.hint])].join("; "));
  else leave(70, `bug: ${error instanceof Error ? error.stack : renderFailure(error)}`);
}

/** Ends even if something is still open, but not before the line is written. */
function leave(exitCode: number, message: string): void {
  logToStdout(exitCode === 0 ? "info" : "error", message);
  process.exitCode = exitCode;
  process.stdout.write("", () => process.exit());
}
