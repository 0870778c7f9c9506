import "reflect-metadata";
import type { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { objectNames, serverName } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";

/** The run's own CA and the server certificate made with it, all PEM. */
export type Certificate = { readonly ca: string; readonly certificate: string; readonly key: string };

/** The run's certificate from Secret asdic-tls, made and kept there at the first start, so that workers' pins hold over restarts. */
export async function readOrMakeCertificate(cluster: Cluster, spec: RunSpec, signal: AbortSignal): Promise<Certificate> {
  const ref = { apiVersion: "v1", kind: "Secret", namespace: spec.namespace, name: objectNames.tlsSecret };
  const kept = parseSecret((await cluster.get(ref, signal))["data"]);
  if (kept) return kept;
  // Workers must be able to connect for as long as the run may last, whatever the clocks of the nodes say.
  const made = await makeCertificate(2 * spec.runTimeoutSeconds + 7 * 24 * 3600);
  await cluster.patch(ref, { data: { "ca.crt": encode(made.ca), "tls.crt": encode(made.certificate), "tls.key": encode(made.key) } }, { signal });
  return made;
}

async function makeCertificate(lifeSeconds: number): Promise<Certificate> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const makeKeys = (): Promise<webcrypto.CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const [caKeys, serverKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const life = { notBefore: new Date(Date.now() - 24 * 3600 * 1000), notAfter: new Date(Date.now() + lifeSeconds * 1000) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...life,
    name: "CN=asdic run CA",
    keys: caKeys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
  const server = await x509.X509CertificateGenerator.create({
    ...life,
    subject: `CN=${serverName}`,
    issuer: ca.subject,
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: serverName }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", serverKeys.privateKey), "PRIVATE KEY");
  return { ca: ca.toString("pem"), certificate: server.toString("pem"), key };
}

function parseSecret(data: unknown): Certificate | undefined {
  const read = (name: string): string | undefined => {
    const value = isJsonObject(data) ? data[name] : undefined;
    return typeof value === "string" && value !== "" ? Buffer.from(value, "base64").toString("utf8") : undefined;
  };
  const [ca, certificate, key] = [read("ca.crt"), read("tls.crt"), read("tls.key")];
  return ca !== undefined && certificate !== undefined && key !== undefined ? { ca, certificate, key } : undefined;
}

const encode = (text: string): string => Buffer.from(text).toString("base64");
