import type { Duplex } from "node:stream";
import { connect as secure } from "node:tls";
import type { PodNetwork } from "../../../nodes/pod-network.ts";
import { dialUntil } from "../streams/dial-until.ts";
import type { Upstream } from "./upstream.ts";
import { renderAddress } from "./upstream.ts";
import { messageOf } from "../../../to-error.ts";

/** A connection from the control plane through the pod network; with https no certificate is checked, as the API server checks none. */
export async function dialUpstream({ scheme, host, port }: Upstream, network: PodNetwork, signal: AbortSignal): Promise<Duplex> {
  const connection = await dialUntil(signal, network.dial({ host, port }));
  connection.on("error", () => undefined);
  if (scheme === "http") return connection;
  const secured = secure({ socket: connection, rejectUnauthorized: false });
  try {
    await new Promise<void>((resolve, reject) => {
      secured.once("secureConnect", resolve).once("error", reject);
      secured.once("close", () => reject(new Error("EOF")));
      signal.addEventListener("abort", () => secured.destroy(), { once: true });
    });
  } catch (error) {
    secured.destroy();
    connection.destroy();
    throw error;
  }
  secured.on("error", () => undefined);
  return secured;
}

/** Why a connection failed, in the words of Go's net package, which clients know from the API server. */
export function renderFailure(error: unknown, upstream: { readonly host: string; readonly port: number }): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const phrase = dialPhrases[code];
  if (phrase !== undefined) return `dial tcp ${renderAddress(upstream)}: ${phrase}`;
  if (code === "ENOTFOUND") return `dial tcp: lookup ${upstream.host}: no such host`;
  if (code.startsWith("ERR_SSL") || code === "EPROTO") return "tls: first record does not look like a TLS handshake";
  if (code === "ECONNRESET") return error instanceof Error && error.message === "socket hang up" ? "EOF" : "read: connection reset by peer";
  if (code.startsWith("HPE_")) return "net/http: HTTP/1.x transport connection broken: malformed HTTP response";
  return messageOf(error);
}

const dialPhrases: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connect: connection refused",
  EHOSTUNREACH: "connect: no route to host",
  ENETUNREACH: "connect: network is unreachable",
  ETIMEDOUT: "i/o timeout",
};
