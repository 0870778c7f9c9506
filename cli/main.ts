import { randomBytes } from "node:crypto";
import { addAbortSignal } from "node:stream";
import type { ExitCode } from "../core/contract/known-error.ts";
import { createProgram } from "./program.ts";
import { renderError } from "./terminal/error.ts";
import { createOutput } from "./terminal/output.ts";
import { toolVersion } from "./tool-version.ts";

/** The process of `asdic`: what it takes from the operating system, and how it ends. */
const output = createOutput(process, process.env);
const interruption = new AbortController();
let exitCode: ExitCode = 0;

// Who closes our output, as `head` does, has read enough.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCode);
  });

// A terminal sends one Ctrl-C to a launcher and to us, which passes it on; so only one that comes later is a second one.
const secondAfterMilliseconds = 500;
let interruptedAt: number | undefined;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(name, () => {
    if (interruptedAt !== undefined && performance.now() - interruptedAt > secondAfterMilliseconds) process.exit(130);
    interruptedAt ??= performance.now();
    interruption.abort();
  });

// A launcher that was killed has passed nothing on; see asdic.mjs.
process.once("disconnect", () => interruption.abort());

try {
  const program = createProgram({
    output,
    environment: process.env,
    signal: interruption.signal,
    now: () => new Date(),
    cwd: process.cwd(),
    setExitCode: (code) => void (exitCode = code),
    openInput: () => addAbortSignal(interruption.signal, process.stdin),
    randomBytes,
  });
  await program.parseAsync(process.argv);
} catch (error) {
  const shown = await renderError(error, { version: toolVersion, interrupted: interruption.signal.aborted, typed: process.argv.slice(2) });
  output.err(shown.text);
  exitCode = shown.exitCode;
}
// Connections that are kept open for later must not keep a process alive that has said all; what it has said must still get out.
process.exitCode = exitCode;
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
