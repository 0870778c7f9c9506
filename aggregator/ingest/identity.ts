import { text as readText } from "node:stream/consumers";
import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from "jose";
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from "jose";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { workerAudience } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { createRecentTokens } from "./recent-tokens.ts";

/** Says for which pod a bearer token speaks: its uid, or undefined when the token is not one of this run's. */
export type IdentifyPod = (token: string) => Promise<string | undefined>;

/**
 * Verifies projected service-account tokens with the cluster's public keys, or by TokenReview where those can't be read (design D3). A token that was
 * verified is not verified again for a minute: a worker shows the same one with every request.
 */
export async function createIdentifier(cluster: Pick<Cluster, "fetch" | "create">, spec: RunSpec, signal: AbortSignal): Promise<IdentifyPod> {
  let keys = await readKeys(cluster, signal);
  let readAt = Date.now();
  const audience = workerAudience(spec.runId);
  const known = createRecentTokens();
  const verify = async (token: string): Promise<JWTPayload | "ask" | undefined> => {
    if (!keys) return "ask";
    return jwtVerify(token, keys, { audience }).then(
      ({ payload }) => payload,
      (error: unknown) => (isOffTime(error) ? "ask" : undefined),
    );
  };
  return async (token) => {
    const recent = known.find(token);
    if (recent !== undefined) return recent;
    let verdict = await verify(token);
    // The cluster may have changed its keys since; asked at most once in ten seconds, whoever knocks.
    if (verdict === undefined && Date.now() - readAt > 10_000) {
      readAt = Date.now();
      keys = (await readKeys(cluster, signal)) ?? keys;
      verdict = await verify(token);
    }
    const payload = verdict === "ask" ? await review(cluster, { token, audience, signal }) : verdict;
    const podUid = payload && readPodUid(payload, spec.namespace);
    if (podUid !== undefined && payload?.exp !== undefined && verdict !== "ask") known.add(token, podUid, payload.exp);
    return podUid;
  };
}

/** A token that the cluster has signed, and that is not good yet or any more by this node's clock: the API server's own clock decides. */
const isOffTime = (error: unknown): boolean =>
  error instanceof errors.JWTExpired || (error instanceof errors.JWTClaimValidationFailed && ["nbf", "iat"].includes(error.claim));

async function readKeys(cluster: Pick<Cluster, "fetch">, signal: AbortSignal): Promise<JWTVerifyGetKey | undefined> {
  // The API server gives nothing else to who asks for plain JSON.
  const answer = await cluster.fetch({ path: "/openid/v1/jwks", headers: { accept: "application/jwk-set+json" }, signal });
  const body = await readText(answer.body);
  const keys = answer.status === 200 ? parseKeys(JSON.parse(body)) : undefined;
  // It imports each key once, which takes longer than to verify a token.
  return keys && createLocalJWKSet(keys);
}

const parseKeys = (value: unknown): JSONWebKeySet | undefined =>
  isJsonObject(value) && Array.isArray(value["keys"]) ? (value as unknown as JSONWebKeySet) : undefined;

async function review(
  cluster: Pick<Cluster, "create">,
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
