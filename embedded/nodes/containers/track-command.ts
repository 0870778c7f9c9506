import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { RunningCommand } from "../node-agent.ts";
import { readExitCode } from "./track-container.ts";

type Started = { readonly child: ChildProcess; readonly stdout: Readable; readonly stderr: Readable; readonly signal: AbortSignal; readonly kill: () => void };

/** A command that was started in a container, as the kubelet's exec gives it on; the signal ends it. Output that nobody reads is let go when it has ended. */
export function trackCommand({ child, stdout, stderr, signal, kill }: Started): RunningCommand {
  const { stdin } = child;
  if (stdin === null) throw new Error("a command was started without a standard input");
  stdin.on("error", () => undefined);
  for (const output of [stdout, stderr]) output.on("error", () => undefined);
  const wait = async (): Promise<number> => {
    signal.addEventListener("abort", kill, { once: true });
    if (signal.aborted) kill();
    const code = await readExitCode(child);
    signal.removeEventListener("abort", kill);
    await Promise.all(
      [stdout, stderr].map((output) => {
        if (output.readableFlowing === null && output.listenerCount("readable") === 0) output.resume();
        return finished(output).catch(() => undefined);
      }),
    );
    return code;
  };
  return { stdin, stdout, stderr, exitCode: wait() };
}
