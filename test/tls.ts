import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";
import { serverName } from "../core/contract/names.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A certificate of "jane" that nobody else has signed, and its key, both PEM. */
export async function makeSelfSigned(notAfter: Date): Promise<{ readonly cert: string; readonly key: string }> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=jane",
    notBefore: new Date(0),
    notAfter,
    signingAlgorithm: algorithm,
    keys,
  });
  return { cert: cert.toString("pem"), key: await exportKey(keys.privateKey) };
}

const exportKey = async (key: webcrypto.CryptoKey): Promise<string> => x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");

/** A CA's certificate and a server's certificate and key signed by it, all PEM, good for a day. */
export type TestCertificates = { readonly ca: string; readonly cert: string; readonly key: string };

/** Makes fresh certificates for a server that calls itself `name`, which may be an address (the aggregator's fixed name unless told otherwise). */
export async function makeCertificates(name: string = serverName): Promise<TestCertificates> {
  x509.cryptoProvider.set(webcrypto);
  const validity = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 86_400_000) };
  const caKeys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=test CA",
    ...validity,
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
  const serverKeys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject: `CN=${name}`,
    issuer: ca.subject,
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: isIP(name) === 0 ? "dns" : "ip", value: name }])],
  });
  return { ca: ca.toString("pem"), cert: cert.toString("pem"), key: await exportKey(serverKeys.privateKey) };
}
