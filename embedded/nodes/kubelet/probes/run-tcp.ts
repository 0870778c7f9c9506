import type { Duplex } from "node:stream";
import type { HandlerResult, HandlerSurroundings } from "../containers/run-handler.ts";
import { wait } from "../wait.ts";
import { choosePort } from "./choose-port.ts";
import { toError } from "../../../to-error.ts";

/** Whether something listens at a port of the pod. */
export async function runTcp(
  { port, host }: { readonly port: number | string; readonly host?: string },
  surroundings: HandlerSurroundings,
): Promise<HandlerResult> {
  const number = choosePort(surroundings.container, port);
  if (number === undefined) return { isSuccess: false, isUnknown: true, output: `couldn't find port: ${String(port)}` };
  const dialled = await dialPod(surroundings, number, host);
  if (typeof dialled === "string") return { isSuccess: false, output: dialled };
  dialled.destroy();
  return { isSuccess: true, output: "" };
}

/** A connection to the pod, or why there is none in Go's words. */
export async function dialPod({ handle, signal, timeout }: HandlerSurroundings, port: number, host?: string): Promise<Duplex | string> {
  const address = `${host ?? handle.record.address ?? ""}:${port}`;
  const { sandbox } = handle;
  if (sandbox === undefined) return `dial tcp ${address}: connect: no route to host`;
  const ending = new AbortController();
  const dialling = sandbox.dial(port).catch((error: unknown) => toError(error));
  const winner = await Promise.race([dialling, wait(timeout ?? 1000, AbortSignal.any([signal, ending.signal])).then(() => undefined)]);
  ending.abort();
  if (winner === undefined) {
    // Comes too late for anybody.
    void dialling.then((late) => (late instanceof Error ? undefined : late.destroy()));
    return `dial tcp ${address}: i/o timeout`;
  }
  if (!(winner instanceof Error)) return winner;
  const code = "code" in winner ? winner.code : undefined;
  return `dial tcp ${address}: ${code === "ECONNREFUSED" ? "connect: connection refused" : code === "EHOSTUNREACH" ? "connect: no route to host" : winner.message}`;
}
