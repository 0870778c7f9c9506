import { randomBytes } from "node:crypto";
import { formatDuration } from "./format-duration.ts";
import type { HandlerResult, HandlerSurroundings } from "./run-handler.ts";
import { renderExecError } from "./start-error.ts";

/** Runs a probe's or hook's command in the container; what it prints is the result's output. */
export async function runExec(command: readonly string[], { process, signal, timeout, handle }: HandlerSurroundings): Promise<HandlerResult> {
  const ending = new AbortController();
  const timer = timeout === undefined ? undefined : setTimeout(() => ending.abort(timedOut), Math.max(timeout, 1));
  const chunks: Buffer[] = [];
  try {
    const running = await process.exec({ command, signal: AbortSignal.any([signal, ending.signal]) });
    running.stdin.on("error", () => undefined).end();
    for (const stream of [running.stdout, running.stderr]) stream.on("error", () => undefined).on("data", (chunk: Buffer) => keep(chunks, chunk));
    const overdue = new Promise<"overdue">((resolve) => ending.signal.addEventListener("abort", () => resolve("overdue"), { once: true }));
    const exitCode = await Promise.race([running.exitCode, overdue]);
    if (exitCode === "overdue") return { isSuccess: false, output: renderTimeOut(command, (timeout ?? 0) / (handle.context.timing.second / 1000)) };
    return { isSuccess: exitCode === 0, output: Buffer.concat(chunks).toString() };
  } catch (error) {
    if (ending.signal.reason === timedOut) return { isSuccess: false, output: renderTimeOut(command, (timeout ?? 0) / (handle.context.timing.second / 1000)) };
    const message = `rpc error: code = Unknown desc = ${renderExecError(error, command[0] ?? "", randomBytes(32).toString("hex"))}`;
    return { isSuccess: false, isUnknown: true, output: message };
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

const timedOut = Symbol("timed out");

const renderTimeOut = (command: readonly string[], milliseconds: number): string =>
  `command timed out: ${JSON.stringify(command.join(" "))} timed out after ${formatDuration(milliseconds)}`;

/** As much as the kubelet keeps of a probe's output. */
const longestOutput = 10 * 1024;

function keep(chunks: Buffer[], chunk: Buffer): void {
  const kept = chunks.reduce((sum, { length }) => sum + length, 0);
  if (kept < longestOutput) chunks.push(chunk.subarray(0, longestOutput - kept));
}
