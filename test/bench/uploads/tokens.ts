import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { workerAudience } from "../../../core/contract/names.ts";
import { runSpec } from "../../aggregator/run-spec.ts";
import type { Sending } from "./messages.ts";

/** As many nodes' tokens as an API server signs them for workers, and the public keys. */
export async function makeTokens(nodes: number): Promise<{ readonly jwks: object; readonly tokens: Sending["tokens"] }> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const kid = "bench";
  const sign = async (node: string): Promise<string> =>
    new SignJWT({ "kubernetes.io": { namespace: runSpec.namespace, pod: { name: node, uid: node } } })
      .setProtectedHeader({ alg: "RS256", kid })
      .setAudience(workerAudience(runSpec.runId))
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(privateKey);
  const names = Array.from({ length: nodes }, (_, index) => `node-${index}`);
  const tokens = await Promise.all(names.map(async (node) => ({ node, token: await sign(node) })));
  return { jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" }] }, tokens };
}
