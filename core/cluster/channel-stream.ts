import { Duplex } from "node:stream";
import { KnownError } from "../contract/known-error.ts";
import type { Link } from "./api-call.ts";
import type { ExecRequest, ForwardRequest } from "./cluster.ts";
import { locateExec, parseOutcome, place } from "./exec.ts";
import { oneLine } from "./one-line.ts";
import type { Socket } from "./open-socket.ts";
import { openSocket } from "./open-socket.ts";
import { resourcePath } from "./resource-path.ts";

/** A command's input and output as one stream, with back-pressure; it fails with what the command says on stderr when the command does. */
export async function openExec(link: Link, request: ExecRequest): Promise<Duplex> {
  const { resource, query } = locateExec(request);
  query.set("stdin", "true");
  let said = "";
  return await open(link, { resource, query, signal: request.signal }, (channel, content) => {
    if (channel === 1) return content;
    if (channel === 2) said = oneLine(`${said}${content.toString("utf8")}`, maxSaid);
    if (channel !== 3) return undefined;
    const outcome = parseOutcome(content);
    if ("exitCode" in outcome && outcome.exitCode === 0) return "end";
    const why = "problem" in outcome ? outcome.problem : said === "" ? `exit code ${outcome.exitCode}` : said;
    return new KnownError("cluster-refused", `The command in ${place(resource)} could not be run: ${why}.`);
  });
}

/** A connection to a port of a pod, made from inside the pod. */
export async function openForward(link: Link, { namespace, pod, port, signal }: ForwardRequest): Promise<Duplex> {
  const resource = resourcePath({ apiVersion: "v1", kind: "Pod", namespace, name: pod, subresource: "portforward" });
  // Each of the two channels begins with the port's number.
  const prefixes = [2, 2];
  return await open(link, { resource, query: new URLSearchParams({ ports: String(port) }), signal }, (channel, content) => {
    const skipped = prefixes[channel];
    if (skipped === undefined) return undefined;
    prefixes[channel] = Math.max(0, skipped - content.length);
    const rest = content.subarray(skipped);
    if (channel === 0 || rest.length === 0) return rest;
    return new KnownError("cluster-unreachable", `Port ${port} of ${place(resource)} can't be reached: ${oneLine(rest.toString("utf8"), maxSaid)}.`);
  });
}

const maxSaid = 400;

/** What a message is to the reader: bytes, nothing, the end, or what broke it off. */
type Read = (channel: number, content: Buffer) => Buffer | "end" | Error | undefined;

async function open(link: Link, request: Parameters<typeof openSocket>[1], read: Read): Promise<Duplex> {
  const made = Promise.withResolvers<Duplex>();
  await openSocket(link, request, (socket) => made.resolve(buildStream(socket, read)));
  const stream = await made.promise;
  request.signal?.addEventListener("abort", () => stream.destroy(), { once: true });
  return stream;
}

/** A stream whose own bytes go out on channel 0. */
function buildStream(socket: Socket, read: Read): Duplex {
  const stream = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, written) => socket.send(Buffer.concat([channelZero, chunk]), written),
    // Version 5 alone can close a channel; others end with their connection.
    final: (written) => (socket.protocol === "v5.channel.k8s.io" ? socket.send(closeInput, written) : written()),
    destroy(error, destroyed) {
      socket.terminate();
      destroyed(error);
    },
  });
  stream.on("error", () => undefined);
  socket.on("message", (data, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(data) || data[0] === undefined || stream.readableEnded) return;
    const content = read(data[0], data.subarray(1));
    if (content === "end") stream.push(null);
    else if (content instanceof Error) stream.destroy(content);
    else if (content !== undefined && content.length > 0 && !stream.push(content)) socket.pause();
  });
  // A socket that never opened has told its error already.
  socket.once("open", () => socket.once("close", () => stream.push(null)));
  return stream;
}

const channelZero = Buffer.from([0]);
const closeInput = Buffer.from([255, 0]);
