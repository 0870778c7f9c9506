import type { ClientRequest, IncomingMessage } from "node:http";
import type { KubeConfig } from "@kubernetes/client-node";
import { isJsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { readFailure } from "./api-call.ts";
import type { Link } from "./api-call.ts";
import type { ExecRequest, ExecResult } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { networkFailure, readCode } from "./network-failure.ts";
import { oneLine, quote } from "./one-line.ts";
import { startTrace } from "./request.ts";
import type { Resource } from "./resource-path.ts";
import { resourcePath } from "./resource-path.ts";

/** Runs a command in a container over a WebSocket (v5.channel.k8s.io) and waits for its end; the border to client-node's WebSocketHandler. */
export async function execCommand({ connection, timing }: Link, request: ExecRequest): Promise<ExecResult> {
  const { signal } = request;
  signal?.throwIfAborted();
  // The one file that is needed; the whole package is larger than an aggregator.
  const { WebSocketHandler: Handler } = await import("@kubernetes/client-node/dist/web-socket-handler.js");
  const resource = resourcePath({ apiVersion: "v1", kind: "Pod", namespace: request.namespace, name: request.pod, subresource: "exec" });
  const query = new URLSearchParams({ container: request.container, stdout: "true", stderr: "true" });
  for (const word of request.command) query.append("command", word);
  // Not with the query: the command is in it, and what a command is told may be a secret.
  const trace = startTrace(connection, { method: "GET", path: resource.path });
  return new Promise((resolve, reject) => {
    let socket: Socket | undefined;
    const settle = (conclude: () => void): void => {
      signal?.removeEventListener("abort", abort);
      socket?.terminate();
      conclude();
    };
    const abort = (): void => settle(() => reject(signal?.reason));
    signal?.addEventListener("abort", abort, { once: true });
    const fail = (error: unknown): void => {
      trace(signal?.aborted ? "given up" : readCode(readCause(error)) || "failed");
      settle(() => reject(signal?.aborted ? signal.reason : error instanceof KnownError ? error : networkFailure(readCause(error), connection)));
    };
    const target: Target = {
      connection,
      connectMilliseconds: timing.connect,
      onSocket(made) {
        socket = made;
        if (signal?.aborted) made.terminate();
        made.once("open", () => trace(101));
        made.once("unexpected-response", (_request, answer) => {
          trace(answer.statusCode ?? 0);
          readFailure(connection, { verb: "create", resource }, { status: answer.statusCode ?? 0, headers: answer.headers, body: answer }).then(fail, fail);
        });
        collect(made, resource).then((result) => settle(() => resolve(result)), fail);
      },
    };
    new Handler(parseKubeConfig(target)).connect(`${resource.path}?${query.toString()}`, null, null).catch(fail);
  });
}

/** Of each of stdout and stderr. */
const maxOutputBytes = 16 * 1024 * 1024;

/** What is used of a WebSocket of the package ws, which has no types of its own. */
type Socket = {
  onmessage: unknown;
  terminate(): void;
  once(event: "unexpected-response", listener: (request: ClientRequest, response: IncomingMessage) => void): void;
  once(event: "open" | "close", listener: () => void): void;
  on(event: "message", listener: (data: unknown, isBinary: boolean) => void): void;
};

type Target = { readonly connection: Connection; readonly connectMilliseconds: number; readonly onSocket: (socket: Socket) => void };

/** What WebSocketHandler asks of a KubeConfig: the server, and options for ws, among them a hook that gives the socket before anything can come over it. */
function parseKubeConfig({ connection, connectMilliseconds, onSocket }: Target): KubeConfig {
  const applyToHTTPSOptions = async (options: object): Promise<void> => {
    Object.assign(options, await connection.authenticate(), {
      handshakeTimeout: connectMilliseconds,
      maxPayload: maxOutputBytes,
      finishRequest(request: ClientRequest, socket: Socket) {
        onSocket(socket);
        // The handler's own listener, which it sets right after this, lets a malformed message end the process.
        queueMicrotask(() => Object.assign(socket, { onmessage: null }));
        request.once("socket", (raw) => raw.setKeepAlive(true, 30_000));
        request.end();
      },
    });
  };
  return { getCurrentCluster: () => ({ name: "", server: connection.server, skipTLSVerify: false }), applyToHTTPSOptions } as unknown as KubeConfig;
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
        if (sizes[channel] > maxOutputBytes) return reject(new KnownError("transfer-failed", `The command in ${place(resource)} printed more than 16 MiB.`));
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
function parseOutcome(content: Buffer): { readonly exitCode: number } | { readonly problem: string } {
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

/** ws wraps the error of a connection in an event. */
const readCause = (error: unknown): unknown => (typeof error === "object" && error !== null && "error" in error ? error.error : error);

const place = ({ name, place: where }: Resource): string =>
  `pod ${quote(name ?? "")}${typeof where === "object" ? ` in namespace ${quote(where.namespace)}` : ""}`;
