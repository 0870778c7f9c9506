import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { buildStatus, internalError, StatusError } from "../../status-error.ts";

/** A refusal in plain text, as the kubelet gives it and the API server passes it on. */
export class PlainRefusal extends Error {
  override name = "PlainRefusal";
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** Answers a request for another protocol with an HTTP error and closes the connection, or just closes it when something was written already. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  if (!socket.writable || writtenSockets.has(socket)) return void socket.destroy();
  const { code, contentType, body, headers } = render(error);
  const head = [
    `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ""}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === "" ? [] : [`Content-Type: ${contentType}`]),
    `Date: ${new Date().toUTCString()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** To be told before the first byte of an answer, so that no refusal is written into the middle of another protocol. */
export const markWritten = (socket: Duplex): void => void writtenSockets.add(socket);

const writtenSockets = new WeakSet<Duplex>();

type Refusal = { readonly code: number; readonly contentType: string; readonly body: string; readonly headers: Readonly<Record<string, string>> };

function render(error: unknown): Refusal {
  if (error instanceof PlainRefusal) return { code: error.code, contentType: "text/plain; charset=utf-8", body: error.message, headers: error.headers };
  const refusal = error instanceof StatusError ? error : internalError(error);
  return { code: refusal.code, contentType: "application/json", body: `${JSON.stringify(buildStatus(refusal))}\n`, headers: {} };
}
