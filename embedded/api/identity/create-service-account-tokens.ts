import { randomUUID } from "node:crypto";
import { calculateJwkThumbprint, errors, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import type { Clock } from "../../clock.ts";
import type { TypeTable, User } from "../registry/api.ts";
import type { ReadStore } from "../store/store.ts";
import type { Identity, TokenProblem, TokenRequest, VerifiedToken } from "./identity.ts";
import { renderTime } from "../../objects/render-time.ts";

/** Tokens of service accounts, signed with a key that only this process knows; accounts and pods are looked up in the store at each use. */
export async function createServiceAccountTokens(options: {
  readonly clock: Clock;
  readonly store: ReadStore;
  readonly types: TypeTable;
  readonly issuer: string;
}): Promise<Pick<Identity, "issueToken" | "verifyToken" | "jwks">> {
  const { clock, issuer } = options;
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    jwks: () => ({ keys: [{ use: "sig", kty: jwk.kty ?? "EC", kid, alg: "ES256", crv: jwk.crv, x: jwk.x, y: jwk.y }] }),
    issueToken: async (request) => {
      const now = Math.floor(clock.now().getTime() / 1000);
      const { claims, expires } = buildClaims(request, { issuer, now });
      const token = await new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
      return { token, expirationTimestamp: renderTime(new Date(expires * 1000)) };
    },
    verifyToken: async (token, audiences) => {
      let claims: JsonObject;
      try {
        claims = parseClaims((await jwtVerify(token, publicKey, { issuer, currentDate: clock.now() })).payload);
      } catch (error) {
        return { error: error instanceof errors.JWTExpired ? refusal("service account token has expired") : "invalid bearer token" };
      }
      return judgeClaims(claims, { ...options, audiences: audiences?.length ? audiences : [issuer] });
    },
  };
}

/** The tokens that every pod has by default are good for a year, so that programs which never read them again go on; kubelets renew them as if it were an hour. */
const yearSeconds = 365 * 24 * 3600;
const podTokenSeconds = 3607;

function buildClaims(request: TokenRequest, { issuer, now }: { readonly issuer: string; readonly now: number }) {
  const { namespace, serviceAccount, uid, boundPod, expirationSeconds } = request;
  const audiences = request.audiences.length === 0 ? [issuer] : request.audiences;
  const expires = now + expirationSeconds;
  const isExtended = boundPod !== undefined && expirationSeconds === podTokenSeconds && audiences.length === 1 && audiences[0] === issuer;
  const node =
    boundPod?.nodeName === undefined ? {} : { node: { name: boundPod.nodeName, ...(boundPod.nodeUid === undefined ? {} : { uid: boundPod.nodeUid }) } };
  const claims = {
    aud: [...audiences],
    exp: isExtended ? now + yearSeconds : expires,
    iat: now,
    iss: issuer,
    jti: randomUUID(),
    "kubernetes.io": {
      namespace,
      ...node,
      ...(boundPod ? { pod: { name: boundPod.name, uid: boundPod.uid } } : {}),
      serviceaccount: { name: serviceAccount, uid },
      ...(isExtended ? { warnafter: expires } : {}),
    },
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
  };
  return { claims, expires };
}

type Ground = { readonly clock: Clock; readonly store: ReadStore; readonly types: TypeTable; readonly audiences: readonly string[] };

function judgeClaims(claims: JsonObject, { clock, store, types, audiences }: Ground): VerifiedToken | TokenProblem {
  const own = [claims["aud"]].flat().map(text);
  const shared = audiences.filter((audience) => own.includes(audience));
  if (shared.length === 0) return { error: refusal(`token audiences ${renderList(own)} is invalid for the target audiences ${renderList(audiences)}`) };
  const said = (...path: readonly string[]): string => text(field(claims, "kubernetes.io", ...path));
  const namespace = said("namespace");
  const find = (plural: string, name: string): KubernetesObject | undefined => {
    const type = types.find("", "v1", plural);
    return type && store.get({ type, namespace, name });
  };
  const isGone = (object: KubernetesObject): boolean => {
    const since = object.metadata.deletionTimestamp;
    return since !== undefined && Date.parse(since) + leewayMilliseconds < clock.now().getTime();
  };
  const account = find("serviceaccounts", said("serviceaccount", "name"));
  if (!account) return { error: refusal(`serviceaccounts ${JSON.stringify(said("serviceaccount", "name"))} not found`) };
  if (isGone(account)) return { error: refusal(invalidated) };
  if (account.metadata.uid !== said("serviceaccount", "uid"))
    return { error: refusal(`service account UID (${account.metadata.uid}) does not match claim (${said("serviceaccount", "uid")})`) };
  if (field(claims, "kubernetes.io", "pod") !== undefined) {
    const pod = find("pods", said("pod", "name"));
    if (!pod || isGone(pod)) return { error: refusal(invalidated) };
    if (pod.metadata.uid !== said("pod", "uid"))
      return { error: refusal(`pod UID (${pod.metadata.uid}) does not match service account pod ref claim (${said("pod", "uid")})`) };
  }
  return { user: buildUser(claims, namespace, account), audiences: shared };
}

/** A pod that is being deleted may use its token to say good-bye. */
const leewayMilliseconds = 60_000;
const invalidated = "service account token has been invalidated";
const refusal = (why: string): string => `[invalid bearer token, ${why}]`;
const renderList = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(" ")}]`;

function buildUser(claims: JsonObject, namespace: string, account: KubernetesObject): User {
  const extra: [string, readonly string[]][] = [["credential-id", [`JTI=${text(claims["jti"])}`]]];
  for (const kind of ["node", "pod"]) {
    for (const key of ["name", "uid"]) {
      const value = text(field(claims, "kubernetes.io", kind, key));
      if (value !== "") extra.push([`${kind}-${key}`, [value]]);
    }
  }
  return {
    name: `system:serviceaccount:${namespace}:${account.metadata.name}`,
    ...(account.metadata.uid === undefined ? {} : { uid: account.metadata.uid }),
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
    extra: Object.fromEntries(extra.map(([key, value]) => [`authentication.kubernetes.io/${key}`, value])),
  };
}

const parseClaims = (payload: unknown): JsonObject => payload as JsonObject;
