import https from "node:https";
import { isIPv6 } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import type { FetchAnswer, FetchRequest, KubeletPlace } from "./cluster.ts";
import type { Connection, Credentials } from "./connection.ts";
import { readCode } from "./network-failure.ts";
import { sendRequest } from "./request.ts";

/** What answers at a kubelet's address has shown no certificate by which the cluster's authority says that it is that node. It has been told nothing. */
export class UntrustedKubelet extends Error {
  override readonly name = "UntrustedKubelet";
}

/**
 * Asks a kubelet at its own port, as this connection's user or with a token. Credentials go only to who shows a certificate for the node's address or name that the
 * cluster's own authority has signed; throws UntrustedKubelet else, networkFailure's KnownErrors where nothing answers within three seconds, or the signal's reason.
 */
export async function fetchKubelet(connection: Connection, { host, port, name, token }: KubeletPlace, request: FetchRequest): Promise<FetchAnswer> {
  const own = await connection.authenticate();
  if (own.ca === undefined) throw new UntrustedKubelet("these credentials name no authority of the cluster");
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const credentials: Credentials = {
    agent,
    ca: own.ca,
    rejectUnauthorized: true,
    checkServerIdentity: (_host, certificate) => judgeNames([host, name], certificate),
    ...(token === undefined ? pickIdentity(own) : { headers: { Authorization: `Bearer ${token}` } }),
  };
  const { onRequest } = connection;
  const link: Connection = {
    ...connection,
    server,
    authenticate: () => Promise.resolve(credentials),
    onRequest: onRequest && ((trace) => onRequest({ ...trace, path: `${server}${trace.path}` })),
  };
  return sendRequest(link, request, timing).catch((error: unknown) => {
    const code = error instanceof Error ? readCode(error.cause) : "";
    if (untrusted.test(code) && !code.startsWith("ERR_SSL")) throw new UntrustedKubelet(`its certificate does not verify (${code})`, { cause: error });
    throw error;
  });
}

/**
 * Whether a kubelet would know this connection's user: false where it would know somebody else (impersonation), where no authority is named that could vouch for it,
 * and where there is a proxy on the way.
 */
export async function canShowItself({ authenticate, identity }: Connection): Promise<boolean> {
  if (identity.proxy !== undefined) return false;
  const { ca, rejectUnauthorized = true, cert, headers = {} } = await authenticate();
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  if (ca === undefined || !rejectUnauthorized || names.some((name) => name.startsWith("impersonate-"))) return false;
  return cert !== undefined || names.includes("authorization");
}

/** Milliseconds. */
const timing = { connect: 3000, idle: 10_000 };

/** Without kept sessions, so that each connection shows its certificate. */
const agent = new https.Agent({ keepAlive: true, maxCachedSessions: 0, timeout: 15_000 });

/** Where there is a certificate, the token that may be there too is not needed. */
const pickIdentity = ({ cert, key, headers }: Credentials): Credentials =>
  cert === undefined ? { ...(headers && { headers }) } : { cert, ...(key !== undefined && { key }) };

const judgeNames = (names: readonly string[], certificate: PeerCertificate): Error | undefined => {
  const problems = names.map((name) => checkServerIdentity(name, certificate));
  return problems.includes(undefined) ? undefined : problems[0];
};

/** OpenSSL's names for what can be wrong with a certificate, and Node's for one of another name. */
const untrusted = /CERT|ISSUER|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH/;
