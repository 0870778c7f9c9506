import "reflect-metadata";
import { randomBytes } from "node:crypto";
import type { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** The cluster's CA, as kubeadm makes it ("kubernetes"), and what it signs; all PEM. */
type Authority = {
  readonly caPem: string;
  /** For the API server, by all the names and addresses that clients know it by. */
  issueServing(): Promise<KeyPair>;
  /** For a client: CN is the user's name, each O a group. */
  issueClient(user: { readonly name: string; readonly groups: readonly string[] }): Promise<KeyPair>;
};

export type KeyPair = { readonly key: string; readonly certificate: string };

/** Makes a CA that only this process knows. Keys are ECDSA P-256, as they are made in milliseconds. */
export async function createAuthority(): Promise<Authority> {
  const keys = await makeKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...buildLife(),
    serialNumber: makeSerial(),
    name: [{ CN: ["kubernetes"] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment | x509.KeyUsageFlags.keyCertSign, true),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "kubernetes" }]),
    ],
  });
  const issue = async (subject: x509.JsonName, extensions: x509.Extension[]): Promise<KeyPair> => {
    const own = await makeKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...buildLife(),
      serialNumber: makeSerial(),
      subject,
      issuer: ca.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true), ...extensions],
    });
    const key = x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", own.privateKey), "PRIVATE KEY");
    return { key: `${key}\n`, certificate: renderPem(certificate) };
  };
  return {
    caPem: renderPem(ca),
    issueServing: () =>
      issue(
        [{ CN: ["kube-apiserver"] }],
        [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]), new x509.SubjectAlternativeNameExtension(servingNames)],
      ),
    issueClient: ({ name, groups }) =>
      issue([...groups.map((group) => ({ O: [group] })), { CN: [name] }], [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]),
  };
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const servingNames: x509.JsonGeneralNames = [
  ...["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"].map((value) => ({
    type: "dns" as const,
    value,
  })),
  ...["127.0.0.1", "::1", "10.96.0.1"].map((value) => ({ type: "ip" as const, value })),
];

const makeKeys = (): Promise<webcrypto.CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

/** A positive number, so its first bit is 0. */
const makeSerial = (): string => `1${randomBytes(8).toString("hex").slice(1)}`;

const day = 24 * 3600 * 1000;

/** By the real time and not the cluster's clock: it is TLS that looks at it, in clients too. */
const buildLife = (): { readonly notBefore: Date; readonly notAfter: Date } => ({
  notBefore: new Date(Date.now() - day),
  notAfter: new Date(Date.now() + 3650 * day),
});

const renderPem = (certificate: x509.X509Certificate): string => `${certificate.toString("pem")}\n`;
