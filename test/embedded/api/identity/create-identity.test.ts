import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:tls";
import { connect } from "node:tls";
import type { TLSSocket } from "node:tls";
import { test } from "node:test";
import { decodeJwt, decodeProtectedHeader, createLocalJWKSet, jwtVerify } from "jose";
import type { JSONWebKeySet } from "jose";
import { parse } from "yaml";
import { createIdentity } from "../../../../embedded/api/identity/create-identity.ts";
import { parsePeerCertificate } from "../../../../embedded/api/identity/parse-peer-certificate.ts";
import { createStage, home, pod } from "../stage.ts";

const start = new Date("2026-03-01T12:00:00.700Z");
const request = { namespace: "ns", serviceAccount: "default", uid: "uid-default", audiences: [], expirationSeconds: 3600 };
const issuer = "https://kubernetes.default.svc.cluster.local";

async function open() {
  const stage = createStage(...home(), pod());
  const clock = { time: start.getTime(), now: () => new Date(clock.time) };
  return { ...stage, clock, identity: await createIdentity({ ...stage, clock }) };
}

test("a token says whose it is, for whom and for how long, and verifies by the published keys", async () => {
  const { identity } = await open();
  const boundPod = { name: "p", uid: "uid-p", nodeName: "n", nodeUid: "uid-n" };
  const { token, expirationTimestamp } = await identity.issueToken({ ...request, boundPod });
  assert.equal(expirationTimestamp, "2026-03-01T13:00:00Z");
  const { jti, ...claims } = decodeJwt(token);
  const now = Math.floor(start.getTime() / 1000);
  assert.match(jti ?? "", /^[0-9a-f-]{36}$/);
  assert.deepEqual(claims, {
    aud: [issuer],
    exp: now + 3600,
    iat: now,
    iss: issuer,
    nbf: now,
    sub: "system:serviceaccount:ns:default",
    "kubernetes.io": {
      namespace: "ns",
      node: { name: "n", uid: "uid-n" },
      pod: { name: "p", uid: "uid-p" },
      serviceaccount: { name: "default", uid: "uid-default" },
    },
  });
  const keys = createLocalJWKSet(identity.jwks() as unknown as JSONWebKeySet);
  assert.equal((await jwtVerify(token, keys, { issuer, currentDate: start })).protectedHeader.kid, decodeProtectedHeader(token).kid);
  assert.equal(identity.openidConfiguration()["issuer"], issuer);
  assert.deepEqual(await identity.authenticate({ authorization: `Bearer ${token}` }), {
    name: "system:serviceaccount:ns:default",
    uid: "uid-default",
    groups: ["system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated"],
    extra: {
      "authentication.kubernetes.io/credential-id": [`JTI=${jti}`],
      "authentication.kubernetes.io/node-name": ["n"],
      "authentication.kubernetes.io/node-uid": ["uid-n"],
      "authentication.kubernetes.io/pod-name": ["p"],
      "authentication.kubernetes.io/pod-uid": ["uid-p"],
    },
  });
});

test("the token that each pod has by default outlives its hour, for programs that never read it again", async () => {
  const { identity } = await open();
  const { token, expirationTimestamp } = await identity.issueToken({ ...request, expirationSeconds: 3607, boundPod: { name: "p", uid: "uid-p" } });
  assert.equal(expirationTimestamp, "2026-03-01T13:00:07Z");
  assert.equal(Number(decodeJwt(token).exp) - Math.floor(start.getTime() / 1000), 365 * 24 * 3600);
});

test("a token for others is no credential here, and TokenReview tells which audiences fit", async () => {
  const { identity } = await open();
  const { token } = await identity.issueToken({ ...request, audiences: ["foo", "vault"] });
  const verified = await identity.verifyToken(token, ["foo", "bar"]);
  assert.deepEqual("audiences" in verified && verified.audiences, ["foo"]);
  assert.deepEqual(await identity.verifyToken(token), {
    error: `[invalid bearer token, token audiences ["foo" "vault"] is invalid for the target audiences ["${issuer}"]]`,
  });
  assert.equal(await identity.authenticate({ authorization: `Bearer ${token}` }), undefined);
});

test("a token ends with its time, its account or its pod", async () => {
  const { identity, clock, store, keyOf, put } = await open();
  const { token } = await identity.issueToken({ ...request, boundPod: { name: "p", uid: "uid-p" } });
  const why = async () => {
    const verified = await identity.verifyToken(token);
    return "error" in verified ? verified.error : "";
  };
  assert.equal(await why(), "");
  clock.time += 3700_000;
  assert.equal(await why(), "[invalid bearer token, service account token has expired]");
  clock.time = start.getTime();
  put(pod({}, {}, { deletionTimestamp: "2026-03-01T11:59:30Z" }));
  assert.equal(await why(), "");
  clock.time += 31_000;
  assert.equal(await why(), "[invalid bearer token, service account token has been invalidated]");
  put(pod({}, {}, { uid: "other" }));
  assert.equal(await why(), "[invalid bearer token, pod UID (other) does not match service account pod ref claim (uid-p)]");
  store.remove(keyOf(pod()));
  assert.equal(await why(), "[invalid bearer token, service account token has been invalidated]");
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "ns", uid: "second" } };
  put(account);
  assert.equal(await why(), "[invalid bearer token, service account UID (second) does not match claim (uid-default)]");
  store.remove(keyOf(account));
  assert.equal(await why(), '[invalid bearer token, serviceaccounts "default" not found]');
});

test("without a credential one is anonymous; with a wrong one, nobody", async () => {
  const [{ identity }, stranger] = await Promise.all([open(), open()]);
  const anonymous = { name: "system:anonymous", groups: ["system:unauthenticated"] };
  for (const authorization of [undefined, "", "Basic dTpw", "Bearer", "Bearer "]) assert.deepEqual(await identity.authenticate({ authorization }), anonymous);
  const foreign = (await stranger.identity.issueToken(request)).token;
  for (const token of ["x", "a.b.c", foreign, `${foreign}x`, "eyJhbGciOiJub25lIn0.e30."])
    assert.equal(await identity.authenticate({ authorization: `Bearer ${token}` }), undefined);
});

test("over TLS: the server is known by its CA and names, clients by their certificates, strangers by none", async (t) => {
  const [{ identity }, stranger] = await Promise.all([open(), open()]);
  const { key, certificate: cert } = identity.serving;
  const server = createServer({ key, cert, ca: identity.caPem, requestCert: true, rejectUnauthorized: false }).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const kubeconfig = async (owner: typeof identity, user?: { readonly name: string; readonly groups: readonly string[] }) => {
    const { clusters, users } = parse(await owner.buildKubeconfig({ server: "https://x", ...(user ? { user } : {}) }));
    const decode = (text: string) => Buffer.from(text, "base64").toString();
    return {
      ca: decode(clusters[0].cluster["certificate-authority-data"]),
      key: decode(users[0].user["client-key-data"]),
      cert: decode(users[0].user["client-certificate-data"]),
    };
  };
  const visit = async (options: object) => {
    const arrived = once(server, "secureConnection");
    const client = connect({ port: address.port, host: "127.0.0.1", ca: identity.caPem, servername: "kubernetes.default.svc", ...options });
    const [[socket]] = (await Promise.all([arrived, once(client, "secureConnect")])) as [[TLSSocket], unknown];
    const user = await identity.authenticate({ peerCertificate: parsePeerCertificate(socket) });
    client.destroy();
    const { extra, ...rest } = user ?? { name: "nobody", groups: [] };
    return { ...rest, credential: extra?.["authentication.kubernetes.io/credential-id"]?.[0]?.replace(/[0-9a-f]{64}$/, "…") };
  };
  const credential = "X509SHA256=…";
  assert.deepEqual(await visit(await kubeconfig(identity)), { name: "kubernetes-admin", groups: ["system:masters", "system:authenticated"], credential });
  assert.deepEqual(await visit(await kubeconfig(identity, { name: "ann", groups: ["devs", "ops"] })), {
    name: "ann",
    groups: ["devs", "ops", "system:authenticated"],
    credential,
  });
  const anonymous = { name: "system:anonymous", groups: ["system:unauthenticated"], credential: undefined };
  assert.deepEqual(await visit({}), anonymous);
  assert.deepEqual(await visit({ ...(await kubeconfig(stranger.identity)), ca: identity.caPem }), anonymous);
});

test("kubectl, which reads YAML 1.1, finds every user's name to be a text", async () => {
  const { identity } = await open();
  const user = { name: "n", groups: [] };
  const { contexts } = parse(await identity.buildKubeconfig({ server: "https://x", user }), { version: "1.1" });
  assert.equal(contexts[0].context.user, "n");
});

test("a kubeconfig can carry a token", async () => {
  const { identity } = await open();
  const { users, contexts, "current-context": current } = parse(await identity.buildKubeconfig({ server: "https://x", token: "t" }));
  assert.deepEqual(users, [{ name: "token", user: { token: "t" } }]);
  assert.deepEqual([contexts[0].name, contexts[0].context.user], [current, "token"]);
});
