import type { IncomingMessage } from "node:http";

/** Names and values in turn, as they came over the wire. */
export type RawHeaders = readonly string[];

/** A client's headers as they are passed on: without its credentials and what belongs to its own connection, with its address added. */
export function buildRequestHeaders(request: IncomingMessage, extra: Readonly<Record<string, string>>): string[] {
  const left = new Set([...hopByHop(request), ...credentials, "x-forwarded-for", ...Object.keys(extra).map((name) => name.toLowerCase())]);
  const passed = pairs(request.rawHeaders).filter(([name]) => !left.has(name.toLowerCase()) && !name.toLowerCase().startsWith("impersonate-"));
  const forwardedFor = [...(request.headersDistinct["x-forwarded-for"] ?? []), peerAddress(request)].filter((one) => one !== "");
  return [...passed, ...(forwardedFor.length > 0 ? [["X-Forwarded-For", forwardedFor.join(", ")]] : []), ...Object.entries(extra)].flat();
}

/** An upstream's headers as they are passed back, its Location made to lead through the proxy. */
export function buildResponseHeaders(response: IncomingMessage, rewriteLocation: (location: string) => string): string[] {
  const left = hopByHop(response);
  return pairs(response.rawHeaders)
    .filter(([name]) => !left.has(name.toLowerCase()))
    .flatMap(([name, value]) => [name, name.toLowerCase() === "location" ? rewriteLocation(value) : value]);
}

/** The server's authentication takes them away once it knows who is asking. */
const credentials = ["authorization"];

/** Source: net/http/httputil, ReverseProxy; "expect" is answered by this server itself. */
const always = [
  "connection",
  "proxy-connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
];

function hopByHop(message: IncomingMessage): ReadonlySet<string> {
  const named = (message.headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  return new Set([...always, ...named.filter((name) => name !== "")]);
}

const peerAddress = ({ socket }: IncomingMessage): string => (socket.remoteAddress ?? "").replace(/^::ffff:/, "");

function pairs(raw: RawHeaders): readonly [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) found.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return found;
}
