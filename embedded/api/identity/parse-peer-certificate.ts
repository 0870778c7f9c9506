import type { TLSSocket } from "node:tls";
import type { PeerCertificate } from "./identity.ts";

/** Whether the client shows a certificate that is not of our CA, or out of date: without a token beside it that is a 401. */
export const isStrangersCertificate = (socket: TLSSocket): boolean => !socket.authorized && Object.keys(socket.getPeerCertificate()).length > 0;

/** The client certificate of a connection whose listener has `requestCert`; undefined when there is none, or none of our CA. */
export function parsePeerCertificate(socket: TLSSocket): PeerCertificate | undefined {
  if (!socket.authorized) return undefined;
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  // Node's types know neither of a certificate without subject nor of one with several organizations.
  const names = subject as { readonly CN?: string | readonly string[]; readonly O?: string | readonly string[] } | undefined;
  const commonName = [names?.CN ?? ""].flat()[0] ?? "";
  if (commonName === "") return undefined;
  return { commonName, organizations: [names?.O ?? []].flat(), fingerprint: fingerprint256.replaceAll(":", "").toLowerCase() };
}
