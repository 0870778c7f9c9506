import { text as readText } from "node:stream/consumers";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import type { JSONWebKeySet, JWTPayload } from "jose";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { workerAudience } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";

/** Says for which pod a bearer token speaks: its uid, or undefined when the token is not one of this run's. */
export type IdentifyPod = (token: string) => Promise<string | undefined>;

/** Verifies projected service-account tokens with the cluster's public keys, or by TokenReview where those can't be read (design D3). */
export async function createIdentifier(cluster: Cluster, spec: RunSpec, signal: AbortSignal): Promise<IdentifyPod> {
  let keys = await readKeys(cluster, signal);
  let readAt = Date.now();
  const audience = workerAudience(spec.runId);
  const verify = async (token: string): Promise<JWTPayload | undefined> => {
    if (!keys) return undefined;
    return (await jwtVerify(token, createLocalJWKSet(keys), { audience }).catch(() => undefined))?.payload;
  };
  return async (token) => {
    let payload = await verify(token);
    // The cluster may have changed its keys since; asked at most once in ten seconds, whoever knocks.
    if (!payload && keys && Date.now() - readAt > 10_000) {
      readAt = Date.now();
      keys = (await readKeys(cluster, signal)) ?? keys;
      payload = await verify(token);
    }
    if (!payload && !keys) payload = await review(cluster, { token, audience, signal });
    return payload && readPodUid(payload, spec.namespace);
  };
}

async function readKeys(cluster: Cluster, signal: AbortSignal): Promise<JSONWebKeySet | undefined> {
  const answer = await cluster.fetch({ path: "/openid/v1/jwks", signal });
  const body = await readText(answer.body);
  return answer.status === 200 ? parseKeys(JSON.parse(body)) : undefined;
}

const parseKeys = (value: unknown): JSONWebKeySet | undefined =>
  isJsonObject(value) && Array.isArray(value["keys"]) ? (value as unknown as JSONWebKeySet) : undefined;

async function review(
  cluster: Cluster,
  { token, audience, signal }: { readonly token: string; readonly audience: string; readonly signal: AbortSignal },
): Promise<JWTPayload | undefined> {
  const spec: JsonObject = { token, audiences: [audience] };
  const answer = await cluster.create({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", metadata: { name: "" }, spec }, { signal });
  const status = answer["status"];
  const accepted = isJsonObject(status) && status["authenticated"] === true && Array.isArray(status["audiences"]) && status["audiences"].includes(audience);
  return accepted ? decodeJwt(token) : undefined;
}

/** Source: claims of bound service-account tokens, `kubernetes.io` → `namespace`, `pod.uid`. */
function readPodUid(payload: JWTPayload, namespace: string): string | undefined {
  const claim = payload["kubernetes.io"];
  if (!isJsonObject(claim) || claim["namespace"] !== namespace || !isJsonObject(claim["pod"])) return undefined;
  const { uid } = claim["pod"];
  return typeof uid === "string" ? uid : undefined;
}
