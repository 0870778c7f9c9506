import type { JsonObject } from "../../../core/contract/json.ts";
import type { User } from "../registry/api.ts";

/** Who the cluster is and who its callers are: its CA, the API server's certificate, tokens of service accounts, client certificates. */
export type Identity = {
  /** What clients trust: kubeconfig's certificate-authority-data, `kube-root-ca.crt`, a pod's `ca.crt`. */
  readonly caPem: string;
  /** Of the API server, PEM. The listener asks for client certificates of this CA (`requestCert`, not `rejectUnauthorized`) and hands over those that TLS verified. */
  readonly serving: { readonly key: string; readonly certificate: string };
  /** `iss` of each token: https://kubernetes.default.svc.cluster.local. */
  readonly issuer: string;
  /** Who sends a request. Undefined for credentials that are wrong, which is a 401; without any credentials it is system:anonymous. */
  authenticate(credentials: Credentials): Promise<User | undefined>;
  /** Whose token it is, if signature, time, audience, account and bound objects are right. Without `audiences` it must be for the API server. */
  verifyToken(token: string, audiences?: readonly string[]): Promise<VerifiedToken | TokenProblem>;
  /** A signed token; `expirationTimestamp` is RFC 3339. */
  issueToken(request: TokenRequest): Promise<{ readonly token: string; readonly expirationTimestamp: string }>;
  /** For /openid/v1/jwks. */
  jwks(): JsonObject;
  /** For /.well-known/openid-configuration. */
  openidConfiguration(): JsonObject;
  /** A kubeconfig (YAML) with a client certificate for `user` (CN is its name, O its groups), or with a token. Without both it is kubernetes-admin of system:masters. */
  buildKubeconfig(options: {
    readonly server: string;
    readonly user?: { readonly name: string; readonly groups: readonly string[] };
    readonly token?: string;
  }): Promise<string>;
};

export type VerifiedToken = { readonly user: User; readonly audiences: readonly string[] };

/** Why a token is refused, as TokenReview tells it. */
export type TokenProblem = { readonly error: string };

export type Credentials = {
  /** The header as it came: "Bearer …". */
  readonly authorization?: string | undefined;
  /** From `parsePeerCertificate(socket)`. */
  readonly peerCertificate?: PeerCertificate | undefined;
};

/** A client certificate that TLS found to be of our CA; `fingerprint` is its SHA-256, in small letters. */
export type PeerCertificate = { readonly commonName: string; readonly organizations: readonly string[]; readonly fingerprint: string };

/** `audiences` empty means the API server's own. */
export type TokenRequest = {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly uid: string;
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  readonly boundPod?: { readonly name: string; readonly uid: string; readonly nodeName?: string; readonly nodeUid?: string };
};
