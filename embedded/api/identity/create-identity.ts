import { stringify } from "yaml";
import type { Clock } from "../../clock.ts";
import type { TypeTable, User } from "../registry/api.ts";
import type { ReadStore } from "../store/store.ts";
import { createAuthority } from "./create-authority.ts";
import type { KeyPair } from "./create-authority.ts";
import type { Credentials, Identity, PeerCertificate } from "./identity.ts";
import { createServiceAccountTokens } from "./create-service-account-tokens.ts";

const defaultIssuer = "https://kubernetes.default.svc.cluster.local";

/** Makes CA, certificates and keys anew; nothing of it is kept anywhere. Takes some ten milliseconds. */
export async function createIdentity(options: {
  readonly clock: Clock;
  readonly store: ReadStore;
  readonly types: TypeTable;
  readonly issuer?: string;
}): Promise<Identity> {
  const issuer = options.issuer ?? defaultIssuer;
  const authority = await createAuthority();
  const [serving, tokens] = await Promise.all([authority.issueServing(), createServiceAccountTokens({ ...options, issuer })]);
  return {
    caPem: authority.caPem,
    serving,
    issuer,
    ...tokens,
    authenticate: ({ authorization, peerCertificate }) => authenticate({ authorization, peerCertificate }, tokens.verifyToken),
    openidConfiguration: () => ({
      issuer,
      jwks_uri: `${issuer}/openid/v1/jwks`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
    }),
    buildKubeconfig: async ({ server, user = { name: "kubernetes-admin", groups: ["system:masters"] }, token }) =>
      renderKubeconfig({ server, caPem: authority.caPem, user: user.name, credentials: token ?? (await authority.issueClient(user)) }),
  };
}

async function authenticate(credentials: Credentials, verifyToken: Identity["verifyToken"]): Promise<User | undefined> {
  if (credentials.peerCertificate) return buildCertificateUser(credentials.peerCertificate);
  const [scheme = "", ...rest] = (credentials.authorization ?? "").trim().split(" ");
  const token = rest.join(" ").trim();
  // As the API server does: what is no bearer token is no credential at all.
  if (scheme.toLowerCase() !== "bearer" || token === "") return { name: "system:anonymous", groups: ["system:unauthenticated"] };
  const verified = await verifyToken(token);
  return "user" in verified ? verified.user : undefined;
}

const buildCertificateUser = ({ commonName, organizations, fingerprint }: PeerCertificate): User => ({
  name: commonName,
  groups: [...organizations, "system:authenticated"],
  extra: { "authentication.kubernetes.io/credential-id": [`X509SHA256=${fingerprint}`] },
});

/** `credentials` is a token, or a client certificate with its key. */
function renderKubeconfig(parts: { readonly server: string; readonly caPem: string; readonly user: string; readonly credentials: string | KeyPair }): string {
  const { server, caPem, user, credentials } = parts;
  const cluster = "embedded";
  const name = typeof credentials === "string" ? "token" : user;
  const context = `${name}@${cluster}`;
  const encode = (pem: string): string => Buffer.from(pem).toString("base64");
  const proof =
    typeof credentials === "string"
      ? { token: credentials }
      : { "client-certificate-data": encode(credentials.certificate), "client-key-data": encode(credentials.key) };
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: cluster, cluster: { server, "certificate-authority-data": encode(caPem) } }],
      users: [{ name, user: proof }],
      contexts: [{ name: context, context: { cluster, user: name } }],
      "current-context": context,
    },
    // kubectl reads YAML 1.1, where a user called n is a no.
    { version: "1.1", lineWidth: 0 },
  );
}
