import type { RunningContainer } from "../../container.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import type { Container, Handler } from "../pods/pod.ts";
import { runHttp } from "../probes/run-http.ts";
import { runTcp } from "../probes/run-tcp.ts";
import { wait } from "../wait.ts";
import { runExec } from "./run-exec.ts";

/** How a probe or hook went; `isUnknown` when it could not even be tried. */
export type HandlerResult = { readonly isSuccess: boolean; readonly isUnknown?: boolean; readonly output: string };

export type HandlerSurroundings = {
  readonly handle: PodHandle;
  readonly container: Container;
  readonly process: RunningContainer;
  readonly signal: AbortSignal;
  /** In milliseconds; undefined for none. */
  readonly timeout: number | undefined;
};

/** Does what a probe or hook says, once. */
export async function runHandler(handler: Handler, surroundings: HandlerSurroundings): Promise<HandlerResult> {
  const { exec, httpGet, tcpSocket, sleep } = handler;
  if (exec !== undefined) return runExec(exec.command, surroundings);
  if (httpGet !== undefined) return runHttp(httpGet, surroundings);
  if (tcpSocket !== undefined) return runTcp(tcpSocket, surroundings);
  if (sleep !== undefined)
    await wait(Math.min(sleep.seconds * surroundings.handle.context.timing.second, surroundings.timeout ?? Infinity), surroundings.signal);
  return { isSuccess: true, output: "" };
}
