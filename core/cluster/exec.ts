import { isJsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import type { Link } from "./api-call.ts";
import type { ExecRequest, ExecResult } from "./cluster.ts";
import { oneLine, quote } from "./one-line.ts";
import type { Socket } from "./open-socket.ts";
import { maxMessageBytes, openSocket } from "./open-socket.ts";
import type { Resource } from "./resource-path.ts";
import { resourcePath } from "./resource-path.ts";

/** Runs a command in a container over a WebSocket (v5.channel.k8s.io) and waits for its end. */
export async function execCommand(link: Link, request: ExecRequest): Promise<ExecResult> {
  const { signal } = request;
  const { resource, query } = locateExec(request);
  const collected = Promise.withResolvers<ExecResult>();
  // It may fail before anybody waits for it.
  collected.promise.catch(() => undefined);
  const socket = await openSocket(link, { resource, query, signal }, (made) => collected.resolve(collect(made, resource)));
  try {
    return await collected.promise;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    socket.terminate();
  }
}

/** Where a command is run, and how the server is told of it. */
export function locateExec(request: ExecRequest): { readonly resource: Resource; readonly query: URLSearchParams } {
  const resource = resourcePath({ apiVersion: "v1", kind: "Pod", namespace: request.namespace, name: request.pod, subresource: "exec" });
  const query = new URLSearchParams({ container: request.container, stdout: "true", stderr: "true" });
  for (const word of request.command) query.append("command", word);
  return { resource, query };
}

/** What comes over a socket until the status of the command; channel 1 is stdout, 2 stderr, 3 the status. */
async function collect(socket: Socket, resource: Resource): Promise<ExecResult> {
  const outputs: Record<1 | 2, Buffer[]> = { 1: [], 2: [] };
  const sizes = { 1: 0, 2: 0 };
  const exitCode = await new Promise<number>((resolve, reject) => {
    // A socket that never opened has told its error already.
    socket.once("open", () => {
      socket.once("close", () =>
        reject(new KnownError("transfer-failed", `The connection to ${place(resource)} ended before the command did.`, { hint: "Try again." })),
      );
    });
    socket.on("message", (data, isBinary) => {
      if (!isBinary || !Buffer.isBuffer(data) || data.length < 2) return;
      const [channel] = data;
      const content = data.subarray(1);
      if (channel === 1 || channel === 2) {
        sizes[channel] += content.length;
        if (sizes[channel] > maxMessageBytes) return reject(new KnownError("transfer-failed", `The command in ${place(resource)} printed more than 16 MiB.`));
        outputs[channel].push(content);
      } else if (channel === 3) {
        const outcome = parseOutcome(content);
        if ("exitCode" in outcome) resolve(outcome.exitCode);
        else reject(new KnownError("cluster-refused", `The command in ${place(resource)} could not be run: ${outcome.problem}.`));
      }
    });
  });
  return { stdout: Buffer.concat(outputs[1]).toString("utf8"), stderr: Buffer.concat(outputs[2]).toString("utf8"), exitCode };
}

/** Source: k8s.io/apimachinery remotecommand, NonZeroExitCode with the cause ExitCode. */
export function parseOutcome(content: Buffer): { readonly exitCode: number } | { readonly problem: string } {
  const status = parseJson(content.toString("utf8"));
  if (!isJsonObject(status)) return { problem: "the server's status is not JSON" };
  if (status["status"] === "Success") return { exitCode: 0 };
  const details = isJsonObject(status["details"]) ? status["details"] : {};
  const causes = Array.isArray(details["causes"]) ? details["causes"].filter(isJsonObject) : [];
  const exitCode = Number(causes.find((cause) => cause["reason"] === "ExitCode")?.["message"]);
  if (status["reason"] === "NonZeroExitCode" && Number.isInteger(exitCode)) return { exitCode };
  return { problem: oneLine(typeof status["message"] === "string" ? status["message"] : "the server gives no reason") };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A pod as sentences name it. */
export const place = ({ name, place: where }: Resource): string =>
  `pod ${quote(name ?? "")}${typeof where === "object" ? ` in namespace ${quote(where.namespace)}` : ""}`;
