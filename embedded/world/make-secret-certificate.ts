import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { Clock } from "../clock.ts";
import { worldAnnotations } from "../objects/annotations.ts";
import { resolveTime } from "./resolve-time.ts";

const validDays = 90;

/** A Secret with key and certificate where its annotation asks for them ("CN=shop.example.com, ends in 6d"); any other object as it is. */
export async function makeSecretCertificate(object: KubernetesObject, clock: Clock): Promise<KubernetesObject> {
  const { [worldAnnotations.certificate]: wanted, ...annotations } = object.metadata.annotations ?? {};
  const match = /^(?<name>CN=[^,]+), ends (?<end>.+)$/.exec(wanted ?? "")?.groups;
  const end = resolveTime(match?.["end"] ?? "", clock.now());
  if (object.kind !== "Secret" || match === undefined || end === undefined) return object;
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const notAfter = new Date(end);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: match["name"] ?? "",
    notBefore: new Date(notAfter.getTime() - validDays * 86_400_000),
    notAfter,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
    keys,
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  const encode = (pem: string): string => Buffer.from(`${pem}\n`).toString("base64");
  return {
    ...object,
    metadata: { ...object.metadata, annotations },
    data: { "tls.crt": encode(certificate.toString("pem")), "tls.key": encode(key) },
  };
}
