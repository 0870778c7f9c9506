import { KnownError } from "../contract/known-error.ts";
import type { Connection } from "./connection.ts";
import { oneLine } from "./one-line.ts";

/** No answer within the time that a step is given. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** A broken or impossible connection as the KnownError that people see. */
export function networkFailure(error: unknown, { server, identity }: Pick<Connection, "server" | "identity">): KnownError {
  const code = readCode(error);
  if (code.includes("ALERT_CERTIFICATE_EXPIRED"))
    return new KnownError("credentials-expired", `The API server ${server} says that the client certificate of ${identity.label} has expired.`, {
      hint: identity.loginHint,
      cause: error,
    });
  const [reason, hint] = causes[code] ?? tlsCause(code) ?? [readMessage(error), "Check the server's address in the kubeconfig, and the network."];
  if (identity.proxy === undefined)
    return new KnownError("cluster-unreachable", `The API server ${server} cannot be reached: ${reason}.`, { hint, cause: error });
  return new KnownError("cluster-unreachable", `The API server ${server} cannot be reached through the proxy ${identity.proxy}: ${reason}.`, {
    hint: "Check the proxy: proxy-url in the kubeconfig, else HTTPS_PROXY and NO_PROXY in the environment.",
    cause: error,
  });
}

/** Node's code of an error, or of the first of several attempts. */
export function readCode(error: unknown): string {
  if (error instanceof AggregateError && !("code" in error)) return readCode(error.errors[0]);
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}

const readMessage = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error), 200) || "the connection broke";

const checkNetwork = "Check the network, VPN or firewall between here and the cluster.";
const checkServer = "Check that the cluster runs, and the server's address in the kubeconfig.";
const checkAuthority = "Check certificate-authority-data in the kubeconfig; it may belong to another or an earlier cluster of that name.";

/** Plain words for what Node reports, and what to do. */
const causes: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ECONNREFUSED: ["nothing listens there (connection refused)", checkServer],
  ECONNRESET: ["the connection was cut off", checkNetwork],
  EPIPE: ["the connection was cut off", checkNetwork],
  ENOTFOUND: ["its name is not known (DNS)", "Check the server's address in the kubeconfig, and the DNS or VPN that knows it."],
  EAI_AGAIN: ["its name could not be looked up (DNS does not answer)", "Check the network and its DNS."],
  ETIMEDOUT: ["no answer in time", checkNetwork],
  EHOSTUNREACH: ["there is no route to it", checkNetwork],
  ENETUNREACH: ["there is no route to its network", checkNetwork],
  EADDRNOTAVAIL: ["there is no route to it from here", checkNetwork],
  CERT_HAS_EXPIRED: ["its certificate has expired", "Renew the API server's certificate, and check the clock of this machine."],
  CERT_NOT_YET_VALID: ["its certificate is not valid yet", "Check the clock of this machine."],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["its certificate is signed by itself, not by the authority in the kubeconfig", checkAuthority],
  SELF_SIGNED_CERT_IN_CHAIN: ["its certificate is signed by another authority than the kubeconfig's", checkAuthority],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["its certificate is signed by another authority than the kubeconfig's", checkAuthority],
  UNABLE_TO_GET_ISSUER_CERT: ["the authority of its certificate is not known", checkAuthority],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["the authority of its certificate is not known", checkAuthority],
  CERT_SIGNATURE_FAILURE: ["its certificate is signed by another authority than the kubeconfig's", checkAuthority],
  ERR_TLS_CERT_ALTNAME_INVALID: ["its certificate is for another name", "Check the server's address in the kubeconfig, or set tls-server-name there."],
};

function tlsCause(code: string): readonly [string, string] | undefined {
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG" || code === "EPROTO")
    return ["it does not speak TLS there", checkServer];
  if (code.startsWith("HPE_")) return ["what answers there is no API server", checkServer];
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_OSSL_")) return [`TLS failed (${oneLine(code, 60)})`, checkAuthority];
  return undefined;
}
